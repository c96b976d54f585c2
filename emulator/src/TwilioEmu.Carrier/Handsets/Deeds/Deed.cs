namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>One thing a person at a phone can do in a call: its word, how it is read and written, how it is done (command).</summary>
/// <remarks>
/// Told once, here: scripts, stories, config files and the control API run over <see cref="DeedRegistry.All"/>. A new deed is a record in
/// <see cref="ScriptStep"/>, a class beside this one, and a line in the registry; what is virtual here has the usual answer.
/// </remarks>
public abstract class Deed
{
    /// <summary>What it is called in config, scenarios and control API.</summary>
    public abstract string Word { get; }

    /// <summary>What it does, for the reference page: one sentence.</summary>
    public abstract string Means { get; }

    /// <summary>What stands behind the word, for the reference page.</summary>
    public abstract string Takes { get; }

    /// <summary>Words that may stand beside it.</summary>
    public virtual IReadOnlyList<string> Beside => [];

    /// <summary>True when it can be done by hand too: by a step of a story, by <c>POST /_emu/v1/calls/{sid}/act</c>.</summary>
    public virtual bool IsByHand => false;

    /// <summary>When the end of the call keeps a step of it from being done, so that the journal tells of it.</summary>
    internal virtual Missing Missing => Missing.UnlessBegun;

    /// <summary>
    /// True where a script that begins with it wants no greeting before: the owner makes a sound at once, or is silent on purpose.
    /// </summary>
    internal virtual bool OpensTheCall => false;

    /// <summary>True for the deed of a step.</summary>
    public abstract bool Does(ScriptStep step);

    /// <summary>Reads a step of a script; null after the source was told what is wrong.</summary>
    public abstract ScriptStep? Read(IDeedSource source);

    /// <summary>Reads it where it is done by hand, at once.</summary>
    public virtual ScriptStep? ReadByHand(IDeedSource source) => Read(source);

    /// <summary>Writes a step as it is read.</summary>
    public abstract void Write(ScriptStep step, IDeedSink sink);

    /// <summary>Writes it as it is read where it is done by hand.</summary>
    public virtual void WriteByHand(ScriptStep step, IDeedSink sink) => Write(step, sink);

    /// <summary>Does a step of a script; false when the script ends with it.</summary>
    internal abstract Task<bool> RunAsync(ScriptStep step, HandsetLeg leg, CancellationToken cancellation);

    /// <summary>Does it by hand, after what the owner is doing already.</summary>
    internal virtual void Act(ScriptStep step, HandsetLeg leg) => leg.DoNext(() => RunAsync(step, leg, leg.Ending));
}

/// <summary>A deed of one sort of step.</summary>
public abstract class Deed<T> : Deed
    where T : ScriptStep
{
    /// <inheritdoc/>
    public sealed override bool Does(ScriptStep step) => step is T;

    /// <inheritdoc/>
    public sealed override void Write(ScriptStep step, IDeedSink sink) => Write((T)step, sink);

    internal sealed override Task<bool> RunAsync(ScriptStep step, HandsetLeg leg, CancellationToken cancellation) =>
        RunAsync((T)step, leg, cancellation);

    protected abstract void Write(T step, IDeedSink sink);

    private protected abstract Task<bool> RunAsync(T step, HandsetLeg leg, CancellationToken cancellation);
}

/// <summary>When a step is missed that the end of the call comes before.</summary>
internal enum Missing
{
    /// <summary>What tells the other side something, until it was begun: what was begun to be said or pressed was said.</summary>
    UnlessBegun,

    /// <summary>What listens: until it was heard.</summary>
    UntilDone,

    /// <summary>What tells the other side nothing: who only waits or wants to hang up misses nothing.</summary>
    Never,
}
