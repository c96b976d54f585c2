namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class PressesDeed : Deed<ScriptStep.Presses>
{
    public override string Word => "presses";

    public override string Means => "presses keys one after the other; `w` waits half a second, `W` a whole one";

    public override string Takes => "keys: `0-9 A-D * # w W`";

    public override bool IsByHand => true;

    internal override bool OpensTheCall => true;

    public override ScriptStep? Read(IDeedSource source) => source.Digits(Word) is { } digits ? new ScriptStep.Presses(digits) : null;

    protected override void Write(ScriptStep.Presses step, IDeedSink sink) => sink.Text(Word, step.Digits);

    private protected override async Task<bool> RunAsync(ScriptStep.Presses step, HandsetLeg leg, CancellationToken cancellation)
    {
        await leg.PressAsync(step.Digits);
        return true;
    }
}
