using TwilioEmu.Carrier.Handsets.Deeds;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>One of the branches of <see cref="ScriptStep.When"/>.</summary>
/// <param name="Hears">What must be heard.</param>
/// <param name="Script">What is done then; empty goes on.</param>
public sealed record ScriptBranch(TextPattern Hears, IReadOnlyList<ScriptStep> Script);

/// <summary>One thing a phone's owner does in a call; the same verbs in config, scenarios and control API.</summary>
public abstract record ScriptStep
{
    /// <summary>Says and presses nothing for a while.</summary>
    public sealed record Waits(TimeSpan For) : ScriptStep;

    /// <summary>Picks up after ringing for a while; only as the first step of a called phone.</summary>
    public sealed record Answers(TimeSpan After) : ScriptStep;

    /// <summary>Listens until the text has been heard; in vain, the call is ended and marked in the journal.</summary>
    public sealed record Hears(TextPattern Text, TimeSpan Within) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => Text.Source;
    }

    /// <summary>
    /// Listens until the words of one of the branches have been heard, then does what stands there; in vain, the call is ended and marked.
    /// </summary>
    public sealed record When(IReadOnlyList<ScriptBranch> Branches, TimeSpan Within) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => string.Join(" or ", Branches.Select(b => b.Hears.Source));
    }

    /// <summary>Does its steps over and over: until the words have been heard, or so many times.</summary>
    /// <param name="Steps">What is done each time; where they fail, the script fails.</param>
    /// <param name="Until">Looked for before each round, and while its steps are done: heard meanwhile, this round is the last. Null:
    /// only the count ends it.</param>
    /// <param name="Times">Rounds at most.</param>
    public sealed record Repeats(IReadOnlyList<ScriptStep> Steps, TextPattern? Until, int Times) : ScriptStep
    {
        /// <inheritdoc/>
        public override string? Wanted => Until?.Source;
    }

    /// <summary>Presses keys one after the other: <c>0-9 A-D * #</c>; <c>w</c> waits half a second, <c>W</c> a whole one.</summary>
    public sealed record Presses(string Digits) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => Digits;
    }

    /// <summary>Speaks; takes as long as the words take.</summary>
    public sealed record Says(string Text) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => Text;
    }

    /// <summary>Plays a recording into the phone.</summary>
    public sealed record Plays(string File) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => File;
    }

    /// <summary>Puts the call on hold.</summary>
    public sealed record Holds : ScriptStep;

    /// <summary>Takes it off hold.</summary>
    public sealed record Resumes : ScriptStep;

    /// <summary>Asks for the other side to be connected with somebody else.</summary>
    /// <param name="To">E.164, or a SIP URI.</param>
    public sealed record Transfers(string To) : ScriptStep
    {
        /// <inheritdoc/>
        public override string Wanted => To;
    }

    /// <summary>Hangs up.</summary>
    public sealed record HangsUp : ScriptStep;

    /// <summary>How long <see cref="Hears"/> listens unless told.</summary>
    public static readonly TimeSpan DefaultHearing = TimeSpan.FromSeconds(30);

    private ScriptStep() { }

    /// <summary>What it is called in config, scenarios and control API.</summary>
    public string Word => DeedRegistry.Of(this).Word;

    /// <summary>What it waits for, presses, says or plays, for the journal to tell where nothing came of it; null for nothing.</summary>
    public virtual string? Wanted => null;
}
