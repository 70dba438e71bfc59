from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import include, path

from alongside.signin.views import again, entrance, own, team

# Names without a room in front are those by which the sign-in library finds its pages.
library = [
    path("sign-in/", entrance.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", entrance.Code.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", entrance.Passkey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/again/", again.again, name="account_reauthenticate"),
    path("sign-in/mine/", own.own, name="mfa_index"),
    path("sign-in/mine/passkeys/", own.add_passkey, name="mfa_add_webauthn"),
    path("sign-in/mine/passkeys/<int:pk>/", own.remove_passkey, name="mfa_remove_webauthn"),
    path("sign-in/mine/app/", own.add_app, name="mfa_activate_totp"),
    path("sign-in/mine/app/remove/", own.remove_app, name="mfa_deactivate_totp"),
    path("sign-in/mine/codes/", own.codes, name="mfa_view_recovery_codes"),
    path("sign-in/mine/codes/new/", own.new_codes, name="mfa_generate_recovery_codes"),
    path("sign-in/mine/password/", own.change_password, name="account_change_password"),
]
library += [
    path("sign-in/with/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
]
ours = [
    path("sign-in/as/", entrance.sign_in_as, name="sign-in-as"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("sign-in/cover/", again.cover, name="cover"),
    path("sign-in/on/", again.go_on, name="go-on"),
    path("sign-in/sessions/<uuid:pk>/end/", own.end_session, name="end-session"),
    path("sign-in/team/", team.team, name="team"),
    path("sign-in/team/<uuid:pk>/", team.colleague, name="colleague"),
    path("sign-in/team/<uuid:pk>/invite/", team.invite, name="invite"),
    path("sign-in/team/<uuid:pk>/again/", team.start_again, name="start-again"),
    path("sign-in/team/<uuid:pk>/out/", team.shut_out, name="shut-out"),
    path("sign-in/team/<uuid:pk>/in/", team.let_back_in, name="let-back-in"),
    path("sign-in/alarms/<uuid:pk>/", team.see_alarm, name="see-alarm"),
    path("welcome/<slug:code>/", team.invited, name="invited"),
]
urlpatterns = [*library, path("", include((ours, "signin")))]
