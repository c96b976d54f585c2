namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class HoldsDeed : Deed<ScriptStep.Holds>
{
    public override string Word => "holds";

    public override string Means =>
        "puts the call on hold: until it resumes, nothing that its owner does is heard, and its owner hears nothing";

    public override string Takes => "`true`";

    public override bool IsByHand => true;

    public override ScriptStep? Read(IDeedSource source) => source.IsTrue(Word) ? new ScriptStep.Holds() : null;

    protected override void Write(ScriptStep.Holds step, IDeedSink sink) => sink.True(Word);

    private protected override Task<bool> RunAsync(ScriptStep.Holds step, HandsetLeg leg, CancellationToken cancellation)
    {
        leg.HoldNow(true);
        return Task.FromResult(true);
    }
}
