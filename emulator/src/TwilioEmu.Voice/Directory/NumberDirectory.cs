using TwilioEmu.Accounts.DialingPermissions;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Directory;

/// <summary>Answers voice's questions from the book of numbers and the stored resources.</summary>
internal sealed class NumberDirectory(
    NumberBook numbers, AccountBook accounts, PermissionBook permissions, Func<string, string?> callerNames) : IVoiceNumbers
{
    /// <inheritdoc/>
    public VoiceNumber? Find(string number) => numbers.Find(number) is { IsVoiceCapable: true } found
        ? new VoiceNumber(found.Account, found.Sid, number)
        {
            VoiceUrl = Or(found.VoiceUrl),
            VoiceMethod = found.VoiceMethod,
            FallbackUrl = Or(found.VoiceFallbackUrl),
            FallbackMethod = found.VoiceFallbackMethod,
            StatusCallback = Or(found.StatusCallback),
            StatusCallbackMethod = found.StatusCallbackMethod,
            ApplicationSid = Or(found.VoiceApplicationSid),
            LooksUpCallerName = found.VoiceCallerIdLookup,
        }
        : null;

    /// <inheritdoc/>
    public bool IsVerifiedCallerId(AccountSid account, string number) => numbers.CallerIds.IsVerified(account, number);

    /// <inheritdoc/>
    public bool MayCall(AccountSid account, string number) => permissions.MayCall(account, number);

    /// <inheritdoc/>
    public bool IsTrial(AccountSid account) => accounts.Find(account) is { IsTrial: true };

    /// <inheritdoc/>
    public string? CallerNameOf(string number) => callerNames(number);

    /// <inheritdoc/>
    public VoiceApplication? FindApplication(AccountSid account, string sid) => numbers.Applications(account).Find(sid) is { } app
        ? new VoiceApplication(account, sid)
        {
            IsPublic = app["public_application_connect_enabled"] == "true",
            VoiceUrl = Or(app["voice_url"]),
            VoiceMethod = Or(app["voice_method"]) ?? "POST",
            FallbackUrl = Or(app["voice_fallback_url"]),
            FallbackMethod = Or(app["voice_fallback_method"]) ?? "POST",
            StatusCallback = Or(app["status_callback"]),
            StatusCallbackMethod = Or(app["status_callback_method"]) ?? "POST",
        }
        : null;

    /// <inheritdoc/>
    public VoiceApplication? FindApplication(string sid) =>
        accounts.NewestFirst.Select(a => FindApplication(a.Sid, sid)).FirstOrDefault(a => a is not null);

    private static string? Or(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
