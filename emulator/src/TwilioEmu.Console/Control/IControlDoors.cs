using System.Text.Json;
using TwilioEmu.Carrier.BrowserPhones;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Control;

/// <summary>What the control room needs of the process; composition implements it.</summary>
public interface IControlDoors
{
    /// <summary>The house as it stands; a reset puts another in its place, so it is asked for anew at every request.</summary>
    IControlHouse House { get; }

    /// <summary>The program's version.</summary>
    string Version { get; }

    /// <summary>True once every port listens.</summary>
    bool IsReady { get; }

    /// <summary>True where a page is served that links may lead to.</summary>
    bool ServesUi { get; }

    /// <summary>The root certificate clients of the TLS port and the proxy are to trust, PEM.</summary>
    string CaPem { get; }

    /// <summary>The machine's own roots and that one, PEM: for programs that trust one file only.</summary>
    string CaBundlePem { get; }

    /// <summary>Makes worlds for stories that are run here.</summary>
    IWorldHost StoryWorlds { get; }

    /// <summary>Where those stories are; null for nowhere.</summary>
    string? StoriesFolder { get; }

    /// <summary>Back to the configured start, seed included.</summary>
    Task ResetAsync();

    /// <summary>Writes the world as JSON lines, as it stands in one turn.</summary>
    Task ExportAsync(Stream to, CancellationToken cancellation);

    /// <summary>Puts a world of such lines in the place of this one; how many records and entries it has.</summary>
    /// <exception cref="InvalidDataException">They are no world's, or not all of them; the world stays as it is.</exception>
    Task<(int Records, int Entries)> ImportAsync(Stream from, CancellationToken cancellation);

    /// <summary>Keeps the world in memory as it stands in one turn; null where there is no room for one of that name.</summary>
    Task<Snapshot?> KeepAsync(string? name, CancellationToken cancellation);

    /// <summary>The worlds that are kept, the oldest first.</summary>
    IReadOnlyList<Snapshot> Snapshots { get; }

    /// <summary>Puts a kept world in the place of this one; null where none is called so.</summary>
    Task<Snapshot?> RestoreAsync(string id);

    /// <summary>What such lines, and kept worlds, do not tell, in words.</summary>
    IReadOnlyList<string> NotCarried { get; }
}

/// <summary>One world and what the control room may touch in it.</summary>
public interface IControlHouse
{
    World World { get; }

    HandsetDirectory Handsets { get; }

    /// <summary>Joins people with microphones to them.</summary>
    PhoneTalks Talks { get; }

    /// <summary>Every kind of entry that can come about here.</summary>
    EntryKinds Kinds { get; }

    /// <summary>Accounts, the first one first; loop-confined.</summary>
    IEnumerable<ControlAccount> AllAccounts { get; }

    /// <summary>Opens an account; loop-confined.</summary>
    /// <returns>Null when the SID is taken.</returns>
    ControlAccount? OpenAccount(string? friendlyName, string? sid, string? authToken);

    /// <summary>Every operation of the REST API, and how near it comes to the live service.</summary>
    IReadOnlyList<ControlFidelity> Fidelity { get; }

    /// <summary>Puts a resource where no request of the REST API makes one; loop-confined.</summary>
    /// <param name="account">Whose; null for the first account.</param>
    /// <param name="product">Host label: <c>video</c>.</param>
    /// <param name="path">From the version on.</param>
    /// <param name="properties">A JSON object.</param>
    /// <returns>Null, or the status and words that say why not.</returns>
    (int Status, string Message)? PutResource(AccountSid? account, string product, string path, JsonElement properties);

    /// <summary>Somebody follows a short link; where it leads, or null. Loop-confined.</summary>
    string? Click(string code, string userAgent);

    /// <summary>Moves a brand, campaign, toll-free verification, channel sender or content template to a status. Loop-confined.</summary>
    /// <returns>False where the account has none of that SID.</returns>
    bool MoveRegistration(AccountSid? account, string sid, string status, int? errorCode, int? score);

    /// <summary>Sets the opt-out keywords of a Messaging Service; none for the usual ones. Loop-confined.</summary>
    /// <returns>False where the account has no such service.</returns>
    bool SetOptOut(AccountSid? account, string service, IReadOnlyList<OptOutConfig> rules);

    /// <summary>The owner of a push factor's device answers a challenge of Verify; loop-confined.</summary>
    /// <returns>Null, or the status and words that say why not.</returns>
    (int Status, string Message)? AnswerChallenge(string sid, bool isApproved);

    /// <summary>Senders' queues that hold something, those that last longest first; loop-confined.</summary>
    IEnumerable<ControlQueue> Queues { get; }

    /// <summary>Links to gateways and message centres, gateways first; loop-confined.</summary>
    IReadOnlyList<SmppLinkState> SmppLinks { get; }

    /// <summary>
    /// Why the app is asked, a word each: <c>sms</c>, <c>voice</c>, <c>action</c>, <c>status-callback</c>... The same in every house.
    /// </summary>
    IReadOnlyList<string> WebhookPurposes { get; }

    /// <summary>Which webhooks are held before they go out, and those that are; loop-confined.</summary>
    ControlBreakpoint Breakpoint { get; }

    /// <summary>Says which webhooks are held from now on; null sends on what is held. Loop-confined.</summary>
    void HoldWebhooks(ControlBreakRule? rule);

    /// <summary>Lets a held webhook go: to the app, or answered in its place. Loop-confined.</summary>
    /// <returns>False where it is not held.</returns>
    bool LetGo(long id, ControlHandAnswer? answer);

    /// <summary>Sends a recorded webhook again; a procedure of the loop.</summary>
    /// <param name="id">Seq of its <c>webhook.sent</c>.</param>
    /// <param name="edit">What is different this time, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Seq of the entry that says what came of it; null when the journal holds no such webhook.</returns>
    Task<long?> ReplayWebhookAsync(long id, WebhookEdit? edit, CancellationToken cancellation);
}

/// <summary>How near one operation comes to the live service: <c>behaves</c>, <c>stores</c> or <c>shape</c>.</summary>
/// <param name="Product">Host label.</param>
/// <param name="Document">Of the public OpenAPI documents.</param>
/// <param name="Operation">Its id there.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Path">As in the document.</param>
/// <param name="Fidelity">One of the three words.</param>
/// <param name="Lacks">What the live service does and the emulator does not, or null.</param>
/// <param name="Lack"><c>main</c> where that is what the operation is for, else <c>side</c>; null where nothing lacks.</param>
/// <param name="IsRefused">True when it is answered 501 for that.</param>
public sealed record ControlFidelity(
    string Product, string Document, string Operation, string Method, string Path, string Fidelity, string? Lacks, string? Lack = null,
    bool IsRefused = false);

/// <summary>An account as it is told to whoever opened it, or may see all.</summary>
public sealed record ControlAccount(string Sid, string AuthToken, string FriendlyName);

/// <summary>What is different when a webhook is sent again; it is signed anew.</summary>
/// <param name="Url">Where to, or null for where it went.</param>
/// <param name="Parameters">All of them, in order, or null for those it had.</param>
public sealed record WebhookEdit(string? Url, IReadOnlyList<KeyValuePair<string, string>>? Parameters);

/// <summary>Which webhooks are held before they go out.</summary>
/// <param name="Url">As configured; a star at its end takes all that begin so. Null for any.</param>
/// <param name="Purpose">Null for any but files.</param>
/// <param name="IsOnce">The first that is held ends the rule.</param>
public sealed record ControlBreakRule(string? Url, string? Purpose, bool IsOnce);

/// <summary>The rule, null for none, and the ids of what is held, the oldest first.</summary>
public sealed record ControlBreakpoint(ControlBreakRule? Rule, IReadOnlyList<long> Held);

/// <summary>What somebody answers in the app's place.</summary>
public sealed record ControlHandAnswer(int Status, string ContentType, string Body);

/// <summary>What waits at a sender.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sender">Number, short code or name.</param>
/// <param name="SegmentsPerSecond">Its rate.</param>
/// <param name="Messages">How many wait.</param>
/// <param name="Segments">How many segments.</param>
/// <param name="Capacity">Segments that may wait.</param>
/// <param name="LastLeaves">When the last will have left.</param>
public sealed record ControlQueue(
    string Account, string Sender, double SegmentsPerSecond, int Messages, long Segments, long Capacity, DateTimeOffset LastLeaves);
