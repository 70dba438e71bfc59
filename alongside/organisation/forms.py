"""The forms of signing in."""

from __future__ import annotations

from django import forms


class SignInForm(forms.Form):
    username = forms.EmailField(
        label="E-mail address",
        error_messages={"required": "Enter your e-mail address"},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Password",
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
