using System.Collections.ObjectModel;
using System.Security.Cryptography.X509Certificates;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>What a letterbox is asked to be.</summary>
public sealed record LetterboxOptions
{
    /// <summary>Apps in this process by authority: <c>app.local</c>, <c>localhost:5000</c>.</summary>
    /// <remarks>Looked up at every request, so the owner may add some later, on the loop.</remarks>
    public IReadOnlyDictionary<string, IApp> Apps { get; init; } = ReadOnlyDictionary<string, IApp>.Empty;

    /// <summary>Apps in this process by origin (<c>http://app.test</c>), each reached by a handler: a test server's.</summary>
    /// <remarks>Looked up at every request; safe to change if the dictionary is.</remarks>
    public IReadOnlyDictionary<string, HttpMessageHandler> Handlers { get; init; } = ReadOnlyDictionary<string, HttpMessageHandler>.Empty;

    /// <summary>Public origin to where it is really served: <c>https://app.local</c> to <c>http://127.0.0.1:5000</c>.</summary>
    /// <remarks>Host header and signature keep the public name.</remarks>
    public IReadOnlyDictionary<string, string> PublicNames { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The primary auth token of an account, asked for when a request leaves; null for nobody's, which goes unsigned.</summary>
    public Func<AccountSid, string?> TokenOf { get; init; } = static _ => null;

    /// <summary>Roots believed besides the platform's.</summary>
    public X509Certificate2Collection ExtraTrustedRoots { get; init; } = [];

    /// <summary>True takes any certificate of an app: expired, of another name, of nobody.</summary>
    public bool TrustsAnyCertificate { get; init; }

    /// <summary>Error 11750 beyond this.</summary>
    public int MaxDocumentBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// For files to be played or sent: 40 minutes of 8 kHz 16-bit mono, the longest Twilio is sure to play (twilio.com/docs/voice/twiml).
    /// </summary>
    public int MaxMediaBytes { get; init; } = 40 * 60 * 16_000;

    /// <summary>Answers to GET that are kept, as far as their headers let them be.</summary>
    public long MaxCacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests in flight per target; more wait in order without a thread or socket, and their time does not run.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>
    /// Of these, how many may be callbacks, so that a slow sink of callbacks never keeps a call waiting for its document.
    /// </summary>
    public int MaxCallbacksInFlight { get; init; } = 192;

    /// <summary>
    /// Callbacks that may wait for their turn, for all targets together; one that comes beyond is lost, which the journal says.
    /// </summary>
    public int MaxCallbacksWaiting { get; init; } = 200_000;

    /// <summary>Jars kept; the one longest unused goes first.</summary>
    public int MaxCookieJars { get; init; } = 10_000;

    /// <summary>How long cookies of messages live, in world time (twilio.com/docs/messaging/twiml).</summary>
    public TimeSpan MessageCookieLife { get; init; } = TimeSpan.FromHours(4);

    /// <summary>What <c>X-Home-Region</c> says.</summary>
    public string HomeRegion { get; init; } = "us1";
}
