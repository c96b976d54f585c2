using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Products.Numbers;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Voice.Directory;

/// <summary>Who owns what, from the number book and from the resources that REST keeps: TwiML Apps and verified caller ids.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class OwnedNumbers(World world, NumberBook numbers) : IVoiceNumbers
{
    /// <inheritdoc/>
    public VoiceNumber? Find(string number) => numbers.Find(number) is not { } owned ? null : new VoiceNumber(owned.Account, owned.Sid, owned.Number)
    {
        VoiceUrl = Given(owned.VoiceUrl),
        VoiceMethod = owned.VoiceMethod,
        FallbackUrl = Given(owned.VoiceFallbackUrl),
        FallbackMethod = owned.VoiceFallbackMethod,
        StatusCallback = Given(owned.StatusCallback),
        StatusCallbackMethod = owned.StatusCallbackMethod,
        ApplicationSid = Given(owned.VoiceApplicationSid),
    };

    /// <inheritdoc/>
    public bool IsVerifiedCallerId(AccountSid account, string number) =>
        Kept(account, "OutgoingCallerIds").OldestFirst().Any(d => d["phone_number"] == number);

    /// <inheritdoc/>
    public VoiceApplication? FindApplication(AccountSid account, string sid) => Kept(account, "Applications").Find(sid) is not { } app ? null : new VoiceApplication(sid)
    {
        VoiceUrl = Given(app["voice_url"]),
        VoiceMethod = Method(app["voice_method"]),
        FallbackUrl = Given(app["voice_fallback_url"]),
        FallbackMethod = Method(app["voice_fallback_method"]),
        StatusCallback = Given(app["status_callback"]),
        StatusCallbackMethod = Method(app["status_callback_method"]),
    };

    private Table<Document> Kept(AccountSid account, string collection) =>
        world.Store.Table(new TableKey<Document>($"/2010-04-01/Accounts/{account}/{collection}"), account);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Method(string? text) => text is "GET" ? "GET" : "POST";
}
