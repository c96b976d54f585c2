namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class ResumesDeed : Deed<ScriptStep.Resumes>
{
    public override string Word => "resumes";

    public override string Means => "takes the call off hold; what is being said is heard from there on";

    public override string Takes => "`true`";

    public override bool IsByHand => true;

    public override ScriptStep? Read(IDeedSource source) => source.IsTrue(Word) ? new ScriptStep.Resumes() : null;

    protected override void Write(ScriptStep.Resumes step, IDeedSink sink) => sink.True(Word);

    private protected override Task<bool> RunAsync(ScriptStep.Resumes step, HandsetLeg leg, CancellationToken cancellation)
    {
        leg.HoldNow(false);
        return Task.FromResult(true);
    }
}
