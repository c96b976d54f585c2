using System.Collections.Frozen;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>What becomes of an app's answer.</summary>
public enum WebhookUse
{
    /// <summary>A document that is run, or a word that decides: at most <see cref="LetterboxOptions.MaxDocumentBytes"/>.</summary>
    Run,

    /// <summary>Acknowledged and no more: such requests give way to others, and little of the answer is kept.</summary>
    Acknowledged,

    /// <summary>A file that is fetched, unsigned: at most <see cref="LetterboxOptions.MaxMediaBytes"/>.</summary>
    Fetched,
}

/// <summary>Why a request to the app is made.</summary>
/// <param name="Word">As the journal and the control API spell it.</param>
/// <param name="Use">What becomes of the answer.</param>
/// <param name="Cause">What leads to it.</param>
public sealed record WebhookPurpose(string Word, WebhookUse Use, string Cause);

/// <summary>Every purpose there is: the closed table that the letterbox goes by (acknowledged or run, how large, signed or not).</summary>
public static class WebhookPurposes
{
    /// <summary>In the order of their rooms.</summary>
    public static IReadOnlyList<WebhookPurpose> All { get; } =
    [
        new("sms", WebhookUse.Run, "a text to a number of the account"),
        new("voice", WebhookUse.Run, "a call to a number of the account, or one it makes"),
        new("action", WebhookUse.Run, "a verb has ended"),
        new("redirect", WebhookUse.Run, "<Redirect>"),
        new("fallback", WebhookUse.Run, "a document could not be had, or run"),
        new("disaster-recovery", WebhookUse.Run, "a trunk's own switch cannot be reached"),
        new("whisper", WebhookUse.Run, "a called party has answered, and hears something first"),
        new("queue-whisper", WebhookUse.Run, "a waiting caller is taken, and hears something first"),
        new("wait", WebhookUse.Run, "somebody waits, in a queue or for a conference to begin"),
        new("hold", WebhookUse.Run, "a member of a conference is put on hold"),
        new("announce", WebhookUse.Run, "a conference or member is told something"),
        new("refer", WebhookUse.Run, "a SIP phone asks for a transfer"),
        new("media", WebhookUse.Fetched, "a file to be sent or played"),
        new("status-callback", WebhookUse.Acknowledged, "a message or call has changed its status"),
        new("click-callback", WebhookUse.Acknowledged, "a short link was followed"),
        new("amd-status-callback", WebhookUse.Acknowledged, "it is known who answered, a person or a machine"),
        new("recording-status-callback", WebhookUse.Acknowledged, "a recording has changed its status"),
        new("transcribe-callback", WebhookUse.Acknowledged, "a recording is written down"),
        new("transcription-callback", WebhookUse.Acknowledged, "words of a call are written down as they are said"),
        new("conference-status-callback", WebhookUse.Acknowledged, "something happened in a conference"),
        new("conference-event-callback", WebhookUse.Acknowledged, "a conference's recording is done, told in the old way (eventCallbackUrl)"),
        new("partial-result-callback", WebhookUse.Acknowledged, "words of <Gather> so far"),
        new("stream-status-callback", WebhookUse.Acknowledged, "a media stream has begun or ended"),
        new("payment-status-callback", WebhookUse.Acknowledged, "a step of <Pay>"),
        new("pay-status-callback", WebhookUse.Acknowledged, "a step of <Pay>"),
        new("conversation-pre", WebhookUse.Run, "something is about to happen in a conversation: the app may change or refuse it"),
        new("conversation-callback", WebhookUse.Acknowledged, "something happened in a conversation"),
        new("proxy-intercept", WebhookUse.Run, "an interaction is about to be passed on: the app may refuse it"),
        new("proxy-out-of-session", WebhookUse.Run, "somebody wrote or called to a proxy number outside any session"),
        new("proxy-callback", WebhookUse.Acknowledged, "something happened in a proxy session"),
        new("verify-callback", WebhookUse.Acknowledged, "something happened to a factor or challenge of Verify"),
        new("usage-trigger-callback", WebhookUse.Acknowledged, "a usage trigger has fired"),
        new("bulk-export-callback", WebhookUse.Acknowledged, "an export is done"),
    ];

    private static readonly FrozenDictionary<string, WebhookPurpose> ByWord = All.ToFrozenDictionary(p => p.Word, StringComparer.Ordinal);

    /// <summary>The row of a word.</summary>
    /// <exception cref="InvalidOperationException">There is none: a fault of ours.</exception>
    public static WebhookPurpose Of(string word) =>
        ByWord.TryGetValue(word, out var purpose) ? purpose : throw new InvalidOperationException($"a webhook has no purpose \"{word}\": declare it in {nameof(WebhookPurposes)}");
}
