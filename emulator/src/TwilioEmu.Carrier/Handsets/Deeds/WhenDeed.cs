namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>Branches on what is heard.</summary>
internal sealed class WhenDeed : Deed<ScriptStep.When>
{
    private const string Within = "within";

    public override string Word => "when";

    public override string Means =>
        "listens for several things, and does what stands beside the one that is heard first; in vain, hangs up, and the journal tells";

    public override string Takes => "list of `{hears: text or /regular expression/, script: [steps]}`; beside it `within` (30s)";

    public override IReadOnlyList<string> Beside => [Within];

    internal override Missing Missing => Missing.UntilDone;

    public override ScriptStep? Read(IDeedSource source)
    {
        var within = source.Duration(Within) ?? ScriptStep.DefaultHearing;
        return source.Branches(Word) is { } branches ? new ScriptStep.When(branches, within) : null;
    }

    protected override void Write(ScriptStep.When step, IDeedSink sink)
    {
        sink.Branches(Word, step.Branches);
        sink.Duration(Within, step.Within);
    }

    private protected override async Task<bool> RunAsync(ScriptStep.When step, HandsetLeg leg, CancellationToken cancellation)
    {
        if (await leg.Ear.HearsAnyAsync([.. step.Branches.Select(b => b.Hears)], step.Within, cancellation) is not (>= 0 and var heard))
        {
            leg.FailScript(step, step.Within);
            return false;
        }
        return await ScriptRun.StepsAsync(leg, step.Branches[heard].Script, cancellation);
    }
}
