using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>What a story can do and see in a world, be it in this process or behind a control API.</summary>
/// <remarks>Every member may throw <see cref="StoryException"/>.</remarks>
internal interface IStoryHands : IAsyncDisposable
{
    /// <summary>Accounts that may ask, the first asked for by default.</summary>
    IReadOnlyList<StoryAccount> Accounts { get; }

    /// <summary>True where instants are the wall's, so that spacings are not exact.</summary>
    bool IsPacedByWall { get; }

    /// <summary>
    /// True where other stories, tests and programs may live in the same world: what happens to them is not this story's.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Plays a story; all other members are for the code of one that plays.</summary>
    /// <remarks>
    /// In a world of its own it plays on the world's loop, and each of its acts and looks waits until the present instant holds nothing
    /// more: where a step falls among the consequences of the one before is not the machine's doing.
    /// </remarks>
    Task<T> PlayAsync<T>(Func<Task<T>> story, CancellationToken cancellation);

    /// <summary>The world's instant and the seq of its newest entry.</summary>
    Task<(DateTimeOffset Now, long LastSeq)> LookAsync(CancellationToken cancellation);

    Task<string?> TextAsync(Step.Texts text, CancellationToken cancellation);

    Task<string> DialAsync(Step.Dials dials, CancellationToken cancellation);

    /// <summary>The SID of the call a phone is in, or that rings it.</summary>
    Task<string> CallOfAsync(string number, CancellationToken cancellation);

    Task ActAsync(string callSid, string number, ScriptStep act, CancellationToken cancellation);

    Task BehaveAsync(string number, HandsetBehaviour behaviour, CancellationToken cancellation);

    /// <summary>A gateway that the story plays does something; how that was answered, null for what is not.</summary>
    Task<GatewayAnswer?> DoAsync(string gateway, GatewayAct act, CancellationToken cancellation);

    Task AdvanceAsync(TimeSpan by, CancellationToken cancellation);

    /// <summary>Waits until so many entries after a seq match, or the time is up.</summary>
    Task<Sighting> WatchAsync(JournalMatch match, EntryCount count, long after, TimeSpan within, CancellationToken cancellation);

    /// <summary>The phones, of some, whose owners are in a call and not through with their script.</summary>
    Task<IReadOnlyList<string>> InScriptAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation);

    /// <summary>Asks the REST API.</summary>
    Task<HttpReply> AskAsync(
        StoryAccount asker, string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellation);

    /// <summary>Every entry behind a seq, oldest first.</summary>
    Task<IReadOnlyList<JournalLine>> SinceAsync(long after, CancellationToken cancellation);

    /// <summary>The newest entries, oldest first.</summary>
    Task<IReadOnlyList<JournalLine>> TailAsync(int count, CancellationToken cancellation);
}

/// <summary>What came of watching.</summary>
/// <param name="Found">The matching entries, in order.</param>
/// <param name="Nearest">Told when too few were found.</param>
internal sealed record Sighting(IReadOnlyList<JournalLine> Found, IReadOnlyList<NearMiss> Nearest);
