/* Plays a disk that is full or that fails, below one folder.
 *
 * Loaded with LD_PRELOAD; DISK_DIR is the folder, DISK_PLAN a file outside of it, read at every
 * call, so that a running program's disk can be changed. It says
 *   nothing       the disk is well
 *   full          no file grows any more and none is made; what is there can be written over
 *   errors 10     ten in a hundred writes and syncs fail
 *   syncs 10      ten in a hundred syncs fail, and every write goes well
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static const char *plan;
static __thread unsigned chance;

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("DISK_DIR");
  plan = getenv("DISK_PLAN");
  if (where && realpath(where, folder)) folder_length = strlen(folder);
}

static int inside(const char *path) {
  return folder_length && !strncmp(path, folder, folder_length) && path[folder_length] == '/';
}

static int is_ours(int fd) {
  char link[40], path[PATH_MAX];
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = folder_length ? readlink(link, path, sizeof path - 1) : -1;
  errno = before;
  if (length < 0) return 0;
  path[length] = 0;
  return inside(path);
}

/* What the plan says: 'f' for full, 'e' where this call fails by chance, or 0. */
static char fate(int of_a_sync) {
  char said[32] = "";
  int before = errno;
  int fd = plan ? (int)syscall(SYS_openat, AT_FDCWD, plan, O_RDONLY | O_CLOEXEC, 0) : -1;
  if (fd >= 0) {
    ssize_t length = syscall(SYS_read, fd, said, sizeof said - 1);
    syscall(SYS_close, fd);
    said[length > 0 ? length : 0] = 0;
  }
  errno = before;
  if (!strncmp(said, "full", 4)) return 'f';
  const char *share = !strncmp(said, "errors ", 7) ? said + 7
    : of_a_sync && !strncmp(said, "syncs ", 6) ? said + 6 : "0";
  if (!chance) chance = (unsigned)getpid() ^ (unsigned)time(NULL) ^ (unsigned)(size_t)&chance;
  return rand_r(&chance) % 100 < atoi(share) ? 'e' : 0;
}

/* Whether a write up to there fails; errno says how. */
static int fails(int fd, off_t upto, int of_a_sync) {
  if (!is_ours(fd)) return 0;
  char what = fate(of_a_sync);
  if (what == 'e') { errno = EIO; return 1; }
  struct stat now;
  if (what != 'f' || fstat(fd, &now) || upto <= now.st_size) return 0;
  errno = ENOSPC;
  return 1;
}

ssize_t write(int fd, const void *data, size_t length) {
  off_t at = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  if (at >= 0 && fails(fd, at + (off_t)length, 0)) return -1;
  return syscall(SYS_write, fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  if (fails(fd, at + (off_t)length, 0)) return -1;
  return syscall(SYS_pwrite64, fd, data, length, at);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  return pwrite(fd, data, length, (off_t)at);
}
int ftruncate(int fd, off_t to) {
  return fails(fd, to, 0) ? -1 : (int)syscall(SYS_ftruncate, fd, to);
}
int ftruncate64(int fd, off64_t to) { return ftruncate(fd, (off_t)to); }
int fallocate(int fd, int mode, off_t at, off_t length) {
  return fails(fd, at + length, 0) ? -1 : (int)syscall(SYS_fallocate, fd, mode, at, length);
}
int posix_fallocate(int fd, off_t at, off_t length) { return fallocate(fd, 0, at, length) ? errno : 0; }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }

static int synced(int fd, long call) { return fails(fd, 0, 1) ? -1 : (int)syscall(call, fd); }
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int opened(int at, const char *path, int flags, mode_t mode) {
  int made = (flags & O_CREAT) && path[0] == '/' && inside(path) && access(path, F_OK);
  if (made && fate(0) == 'f') { errno = ENOSPC; return -1; }
  return (int)syscall(SYS_openat, at, path, flags, mode);
}
#define MODE mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
int mkdir(const char *path, mode_t mode) {
  if (path[0] == '/' && inside(path) && access(path, F_OK) && fate(0) == 'f') { errno = ENOSPC; return -1; }
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
