using TwilioEmu.Webhooks.Alerts;

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

/// <summary>
/// Why a request to the app is made: the closed table that the letterbox goes by (acknowledged or run, how large, signed or not).
/// </summary>
public sealed class WebhookPurpose
{
    // Filled by the constructor, so it stands before the rows.
    private static readonly List<WebhookPurpose> Rows = [];
    private static readonly (int, AlertLevel, string) OfConference =
        (16011, AlertLevel.Error, "Conference Event: Error Response to Callback URL");

    public static readonly WebhookPurpose Sms = new("sms", WebhookUse.Run, "a text to a number of the account");
    public static readonly WebhookPurpose Voice = new("voice", WebhookUse.Run, "a call to a number of the account, or one it makes");
    public static readonly WebhookPurpose Action = new("action", WebhookUse.Run, "a verb has ended");
    public static readonly WebhookPurpose Redirect = new("redirect", WebhookUse.Run, "<Redirect>");
    public static readonly WebhookPurpose Fallback = new("fallback", WebhookUse.Run, "a document could not be had, or run");
    public static readonly WebhookPurpose DisasterRecovery = new(
        "disaster-recovery", WebhookUse.Run, "a trunk's own switch cannot be reached");
    public static readonly WebhookPurpose Whisper = new(
        "whisper", WebhookUse.Run, "a called party has answered, and hears something first");
    public static readonly WebhookPurpose QueueWhisper = new(
        "queue-whisper", WebhookUse.Run, "a waiting caller is taken, and hears something first");
    public static readonly WebhookPurpose Wait = new("wait", WebhookUse.Run, "somebody waits, in a queue or for a conference to begin");
    public static readonly WebhookPurpose Hold = new("hold", WebhookUse.Run, "a member of a conference is put on hold");
    public static readonly WebhookPurpose Announce = new("announce", WebhookUse.Run, "a conference or member is told something");
    public static readonly WebhookPurpose Refer = new("refer", WebhookUse.Run, "a SIP phone asks for a transfer");
    public static readonly WebhookPurpose Media = new("media", WebhookUse.Fetched, "a file to be sent or played");
    public static readonly WebhookPurpose StatusCallback = new(
        "status-callback", WebhookUse.Acknowledged, "a message or call has changed its status");
    public static readonly WebhookPurpose ClickCallback = new("click-callback", WebhookUse.Acknowledged, "a short link was followed");
    public static readonly WebhookPurpose AmdStatusCallback = new(
        "amd-status-callback", WebhookUse.Acknowledged, "it is known who answered, a person or a machine");
    public static readonly WebhookPurpose RecordingStatusCallback = new(
        "recording-status-callback", WebhookUse.Acknowledged, "a recording has changed its status");
    public static readonly WebhookPurpose TranscribeCallback = new(
        "transcribe-callback", WebhookUse.Acknowledged, "a recording is written down");
    public static readonly WebhookPurpose TranscriptionCallback = new(
        "transcription-callback", WebhookUse.Acknowledged, "words of a call are written down as they are said");
    public static readonly WebhookPurpose ConferenceStatusCallback = new(
        "conference-status-callback", WebhookUse.Acknowledged, "something happened in a conference")
    { Refused = OfConference };
    public static readonly WebhookPurpose ConferenceEventCallback = new(
        "conference-event-callback", WebhookUse.Acknowledged,
        "a conference's recording is done, told in the old way (eventCallbackUrl)")
    { Refused = OfConference };
    public static readonly WebhookPurpose ClientNotification = new(
        "client-notification-callback", WebhookUse.Acknowledged, "an app's own phone is called, and the app may wake it")
    {
        Refused = (13807, AlertLevel.Error, "Client Notification URL: Error Response"),
    };

    public static readonly WebhookPurpose PartialResultCallback = new(
        "partial-result-callback", WebhookUse.Acknowledged, "words of <Gather> so far");
    public static readonly WebhookPurpose PaymentStatusCallback = new(
        "payment-status-callback", WebhookUse.Acknowledged, "a step of a payment that REST leads");
    public static readonly WebhookPurpose PayStatusCallback = new("pay-status-callback", WebhookUse.Acknowledged, "a step of <Pay>");
    public static readonly WebhookPurpose ConversationPre = new(
        "conversation-pre", WebhookUse.Run, "something is about to happen in a conversation: the app may change or refuse it");
    public static readonly WebhookPurpose ConversationCallback = new(
        "conversation-callback", WebhookUse.Acknowledged, "something happened in a conversation");
    public static readonly WebhookPurpose ProxyIntercept = new(
        "proxy-intercept", WebhookUse.Run, "an interaction is about to be passed on: the app may refuse it")
    {
        RefusesBy = 403,
    };

    public static readonly WebhookPurpose ProxyOutOfSession = new(
        "proxy-out-of-session", WebhookUse.Run, "somebody wrote or called to a proxy number outside any session");
    public static readonly WebhookPurpose ProxyCallback = new(
        "proxy-callback", WebhookUse.Acknowledged, "something happened in a proxy session");
    public static readonly WebhookPurpose VerifyCallback = new(
        "verify-callback", WebhookUse.Acknowledged, "something happened to a factor or challenge of Verify");
    public static readonly WebhookPurpose Event = new(
        "event-callback", WebhookUse.Acknowledged, "an event, or a batch, for a sink of Event Streams")
    {
        HasAlertsOfItsOwn = true,
    };

    public static readonly WebhookPurpose UsageTriggerCallback = new(
        "usage-trigger-callback", WebhookUse.Acknowledged, "a usage trigger has fired");
    public static readonly WebhookPurpose BulkExportCallback = new("bulk-export-callback", WebhookUse.Acknowledged, "an export is done");

    private WebhookPurpose(string word, WebhookUse use, string cause)
    {
        (Word, Use, Cause) = (word, use, cause);
        Rows.Add(this);
    }

    /// <summary>Every purpose there is, in the order of their rooms.</summary>
    public static IReadOnlyList<WebhookPurpose> All => Rows;

    /// <summary>As the journal and the control API spell it.</summary>
    public string Word { get; }

    /// <summary>What becomes of the answer.</summary>
    public WebhookUse Use { get; }

    /// <summary>
    /// The alert of an answer from 400 on to a voice callback, which changes nothing: 15003 but where the list has a code of its own.
    /// </summary>
    /// <remarks>twilio.com/docs/api/errors/15003, 16011, 13807.</remarks>
    internal (int Code, AlertLevel Level, string Text) Refused { get; private init; } =
        (15003, AlertLevel.Warning, "Call Progress: Warning Response to Callback URL");

    /// <summary>What leads to it.</summary>
    public string Cause { get; }

    /// <summary>
    /// True where the room that asks tells the debugger itself what came of it, in codes of its own; the letterbox is silent.
    /// </summary>
    internal bool HasAlertsOfItsOwn { get; private init; }

    /// <summary>A status by which the app says no, as it may: an answer like any other, and no failure; null for none.</summary>
    internal int? RefusesBy { get; private init; }

    /// <summary>The row of a word that was written down.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static WebhookPurpose Of(string word) =>
        Rows.Find(p => p.Word == word) ?? throw new InvalidDataException($"a webhook has no purpose \"{word}\"");

    /// <inheritdoc/>
    public override string ToString() => Word;
}
