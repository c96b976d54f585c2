using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class WaitsDeed : Deed<ScriptStep.Waits>
{
    public override string Word => "wait";

    public override string Means => "says and presses nothing for a while";

    public override string Takes => "duration";

    internal override Missing Missing => Missing.Never;

    internal override bool OpensTheCall => true;

    public override ScriptStep? Read(IDeedSource source) => source.Duration(Word) is { } time ? new ScriptStep.Waits(time) : null;

    protected override void Write(ScriptStep.Waits step, IDeedSink sink) => sink.Duration(Word, step.For);

    private protected override async Task<bool> RunAsync(ScriptStep.Waits step, HandsetLeg leg, CancellationToken cancellation)
    {
        await Task.Delay(step.For, leg.World.Clock.For("the phone acts"), cancellation);
        return true;
    }
}
