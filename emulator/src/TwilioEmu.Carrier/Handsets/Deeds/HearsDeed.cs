namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class HearsDeed : Deed<ScriptStep.Hears>
{
    private const string Within = "within";

    public override string Word => "hears";

    public override string Means => "listens until the words have been heard; in vain, hangs up, and the journal tells";

    public override string Takes => "text, or `/regular expression/`; beside it `within` (30s)";

    public override IReadOnlyList<string> Beside => [Within];

    internal override Missing Missing => Missing.UntilDone;

    public override ScriptStep? Read(IDeedSource source)
    {
        var within = source.Duration(Within) ?? ScriptStep.DefaultHearing;
        return source.Pattern(Word) is { } text ? new ScriptStep.Hears(text, within) : null;
    }

    protected override void Write(ScriptStep.Hears step, IDeedSink sink)
    {
        sink.Text(Word, step.Text.Source);
        sink.Duration(Within, step.Within);
    }

    private protected override async Task<bool> RunAsync(ScriptStep.Hears step, HandsetLeg leg, CancellationToken cancellation)
    {
        if (await leg.Ear.HearsAsync(step.Text, step.Within, cancellation)) return true;
        leg.FailScript(step, step.Within);
        return false;
    }
}
