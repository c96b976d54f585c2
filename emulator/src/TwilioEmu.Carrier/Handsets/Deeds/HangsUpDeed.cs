namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class HangsUpDeed : Deed<ScriptStep.HangsUp>
{
    public override string Word => "hangs_up";

    public override string Means =>
        "hangs up, or declines while it rings; who dials and does nothing but `wait` and this gives up when that time has gone by since "
            + "dialling, answered or not";

    public override string Takes => "`true`";

    public override bool IsByHand => true;

    internal override Missing Missing => Missing.Never;

    public override ScriptStep? Read(IDeedSource source) => source.IsTrue(Word) ? new ScriptStep.HangsUp() : null;

    protected override void Write(ScriptStep.HangsUp step, IDeedSink sink) => sink.True(Word);

    internal override void Act(ScriptStep step, HandsetLeg leg) => leg.HangUpNow();

    private protected override Task<bool> RunAsync(ScriptStep.HangsUp step, HandsetLeg leg, CancellationToken cancellation)
    {
        leg.HangUpNow();
        return Task.FromResult(false);
    }
}
