/* Writes down, in order, what a program asks of the disk below one folder.
 *
 * Loaded with LD_PRELOAD; DISK_DIR is the folder, DISK_LOG the log (outside of it). One entry is
 *   op (1 byte), length of the path (2), length of the data (4), offset (8), path, data
 * with the numbers in the machine's own order. The ops:
 *   W write   T cut to offset   B a sync begins   S it is done: what came before B is on the disk
 *   R rename (the new path is the data)   U unlink   A what somebody outside was told (*.ack)
 * What is mapped into memory is not seen; the house maps nothing but the index of the log (-shm).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static int log_fd = -1;
static pthread_mutex_t in_order = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("DISK_DIR"), *log = getenv("DISK_LOG");
  if (!where || !log || !realpath(where, folder)) return;
  folder_length = strlen(folder);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  log_fd = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 700); /* out of the way of low numbers */
  if (fd >= 0) syscall(SYS_close, fd);
}

/* The path below the folder ("." for the folder itself), or NULL. */
static const char *inside(const char *path) {
  if (strncmp(path, folder, folder_length)) return NULL;
  if (!path[folder_length]) return ".";
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *of_fd(int fd, char *kept) {
  char link[40];
  if (log_fd < 0 || fd == log_fd) return NULL;
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, kept, PATH_MAX - 1);
  errno = before;
  if (length < 0) return NULL;
  kept[length] = 0;
  return inside(kept);
}

static const char *of_path(const char *path, char *kept) {
  char here[PATH_MAX];
  if (log_fd < 0) return NULL;
  if (path[0] == '/') snprintf(kept, PATH_MAX, "%s", path);
  else if (!getcwd(here, sizeof here) || snprintf(kept, PATH_MAX, "%s/%s", here, path) >= PATH_MAX)
    return NULL;
  return inside(kept);
}

static void note(char op, const char *path, uint64_t offset, const void *data, uint32_t length) {
  struct __attribute__((packed)) { char op; uint16_t path; uint32_t data; uint64_t offset; }
    head = {op, (uint16_t)strlen(path), length, offset};
  struct iovec parts[3] = {
    {&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length}};
  int before = errno;
  if (syscall(SYS_writev, log_fd, parts, 3) < 0) _exit(97);
  errno = before;
}

static int is_told(const char *path) {
  size_t length = strlen(path);
  return length > 4 && !strcmp(path + length - 4, ".ack");
}

static void lock(void) { pthread_mutex_lock(&in_order); }
static void unlock(void) { pthread_mutex_unlock(&in_order); }

ssize_t write(int fd, const void *data, size_t length) {
  char kept[PATH_MAX];
  const char *path = of_fd(fd, kept);
  if (!path) return syscall(SYS_write, fd, data, length);
  lock();
  int appends = fcntl(fd, F_GETFL) & O_APPEND;
  off_t at = lseek(fd, 0, appends ? SEEK_END : SEEK_CUR);
  ssize_t done = syscall(SYS_write, fd, data, length);
  if (done > 0) note(is_told(path) ? 'A' : 'W', path, (uint64_t)at, data, (uint32_t)done);
  unlock();
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  char kept[PATH_MAX];
  const char *path = of_fd(fd, kept);
  if (!path) return syscall(SYS_pwrite64, fd, data, length, at);
  lock();
  ssize_t done = syscall(SYS_pwrite64, fd, data, length, at);
  if (done > 0) note('W', path, (uint64_t)at, data, (uint32_t)done);
  unlock();
  return done;
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  return pwrite(fd, data, length, (off_t)at);
}

int ftruncate(int fd, off_t to) {
  char kept[PATH_MAX];
  const char *path = of_fd(fd, kept);
  lock();
  int failed = (int)syscall(SYS_ftruncate, fd, to);
  if (path && !failed) note('T', path, (uint64_t)to, "", 0);
  unlock();
  return failed;
}
int ftruncate64(int fd, off64_t to) { return ftruncate(fd, (off_t)to); }

static int synced(int fd, long call) {
  char kept[PATH_MAX];
  const char *path = of_fd(fd, kept);
  if (path) { lock(); note('B', path, 0, "", 0); unlock(); }
  int failed = (int)syscall(call, fd);
  if (path && !failed) { lock(); note('S', path, 0, "", 0); unlock(); }
  return failed;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int opened(int at, const char *path, int flags, mode_t mode) {
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  char kept[PATH_MAX];
  const char *found = fd >= 0 && (flags & O_TRUNC) ? of_fd(fd, kept) : NULL;
  if (found) { lock(); note('T', found, 0, "", 0); unlock(); }
  return fd;
}
#define MODE mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }

int unlink(const char *path) {
  char kept[PATH_MAX];
  const char *found = of_path(path, kept);
  lock();
  int failed = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (found && !failed) note('U', found, 0, "", 0);
  unlock();
  return failed;
}

int rename(const char *from, const char *to) {
  char kept[PATH_MAX], other[PATH_MAX];
  const char *found = of_path(from, kept), *leads = of_path(to, other);
  lock();
  int failed = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (found && leads && !failed) note('R', found, 0, leads, (uint32_t)strlen(leads));
  unlock();
  return failed;
}
