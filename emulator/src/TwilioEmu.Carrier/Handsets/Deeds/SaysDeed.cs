using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class SaysDeed : Deed<ScriptStep.Says>
{
    public override string Word => "says";

    public override string Means => "speaks; it takes as long as the words take";

    public override string Takes => "text";

    public override bool IsByHand => true;

    internal override bool OpensTheCall => true;

    public override ScriptStep? Read(IDeedSource source) => source.Text(Word) is { } text ? new ScriptStep.Says(text) : null;

    protected override void Write(ScriptStep.Says step, IDeedSink sink) => sink.Text(Word, step.Text);

    private protected override async Task<bool> RunAsync(ScriptStep.Says step, HandsetLeg leg, CancellationToken cancellation)
    {
        await leg.SayAsync(Sounds.Speech(step.Text));
        return true;
    }
}
