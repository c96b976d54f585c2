namespace TwilioEmu.Kernel.Time;

/// <summary>How long, on the wall, virtual time waits for what may still come from outside: programs, apps, people.</summary>
/// <remarks>
/// Whoever lives on the wall needs wall time to act: the program that got an answer and asks on, the app that answered a webhook and then
/// does something, the person who heard "press 1". The rule and its figures are told in <c>docs/time.md</c>. Zero means: known to be idle.
/// </remarks>
public sealed record Patience
{
    /// <summary>
    /// The gap between an answer and the next request that the graces allow for; where the slowest of the last ones is longer, so are they.
    /// </summary>
    /// <remarks>
    /// A busy machine slows programs down as it does us: what takes 5 ms on an idle one took 30 to 80 at ten times its load.
    /// </remarks>
    internal static readonly TimeSpan UsualReaction = TimeSpan.FromMilliseconds(12);

    /// <summary>Longer gaps are pauses somebody means, and say nothing of how fast they are.</summary>
    internal static readonly TimeSpan SlowestReaction = TimeSpan.FromMilliseconds(120);

    /// <summary>How much later than asked an idle machine ends a wait of ours.</summary>
    internal static readonly TimeSpan UsualLateness = TimeSpan.FromMilliseconds(4);

    /// <summary>What remains of a slow gap with each later one.</summary>
    internal const double Fading = 0.85;

    /// <summary>A grace is never longer than so many times itself.</summary>
    internal const double MostStretched = 6;

    /// <summary>Nobody is outside: all that acts is in the world.</summary>
    public static Patience None { get; } = new();

    /// <summary>Programs, apps and people come in by sockets.</summary>
    public static Patience Usual { get; } = new()
    {
        AfterAct = TimeSpan.FromMilliseconds(50),
        AfterAnswer = TimeSpan.FromMilliseconds(20),
        Thinking = TimeSpan.FromMilliseconds(400),
        HoldLife = TimeSpan.FromSeconds(60),
        FirstReaction = TimeSpan.FromMilliseconds(60),
    };

    /// <summary>A story acts by itself, step by step, and is idle while it waits; only an app behind a socket is outside.</summary>
    public static Patience Story { get; } = Usual with { AfterAct = TimeSpan.Zero };

    /// <summary>
    /// After a request was answered or something was done through the control API, in <c>auto</c>: the way to the program's next request.
    /// </summary>
    /// <remarks>SDKs need 2 to 10 ms for it on an idle machine, several times that on a busy one.</remarks>
    public TimeSpan AfterAct { get; init; }

    /// <summary>After a webhook was answered: what an app does right after its answer. In <c>manual</c>, after a request as well.</summary>
    /// <remarks>Shorter, since it comes once for every callback of every message.</remarks>
    public TimeSpan AfterAnswer { get; init; }

    /// <summary>
    /// The gap between an answer and the next request that is supposed before
    /// the first was seen: a cautious begin, forgotten after a dozen requests.
    /// </summary>
    public TimeSpan FirstReaction { get; init; }

    /// <summary>
    /// Before time passes what somebody outside might still prevent: the end of an expectation, a decision of a phone that is led by hand.
    /// Several times what an app's own short timers or a test's pause take.
    /// </summary>
    public TimeSpan Thinking { get; init; }

    /// <summary>
    /// How long time stands for the keys or words of a phone led by hand while nobody waits for time; then it goes at the wall's pace.
    /// </summary>
    public TimeSpan Decision { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long time stands while the outside is never quiet; then it goes at the wall's pace until it is.</summary>
    public TimeSpan Standstill { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>So many acts make a standstill a crowd; a few slow answers one after another do not.</summary>
    public int Crowd { get; init; } = 100;

    /// <summary>The longest a single hold stops time. Webhooks give up long before (15 s), so this ends what was forgotten.</summary>
    public TimeSpan HoldLife { get; init; } = TimeSpan.MaxValue;
}

/// <summary>What came from outside just now.</summary>
public enum Outside
{
    /// <summary>Something was done: a request that changes something, an act through the control API.</summary>
    Acted,

    /// <summary>A webhook was answered.</summary>
    Answered,

    /// <summary>Somebody only looked; a program that polls must not stop time for good.</summary>
    Looked,

    /// <summary>Somebody began to wait for time to go on.</summary>
    Waits,
}
