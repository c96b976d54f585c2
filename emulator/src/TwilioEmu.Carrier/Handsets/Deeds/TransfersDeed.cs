namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <remarks>
/// RFC 3515: the wish is a REFER; a number in it is a <c>tel:</c> URI (RFC 3966; inferred: what a telephone network would say).
/// </remarks>
internal sealed class TransfersDeed : Deed<ScriptStep.Transfers>
{
    public override string Word => "transfers";

    public override string Means =>
        "asks for the other side to be connected with somebody else, as by REFER: the app is asked at the `referUrl` of its `<Dial>`; "
            + "refused, the script goes on";

    public override string Takes => "number or SIP address";

    public override bool IsByHand => true;

    public override ScriptStep? Read(IDeedSource source) => source.Party(Word) is { } to ? new ScriptStep.Transfers(to) : null;

    protected override void Write(ScriptStep.Transfers step, IDeedSink sink) => sink.Text(Word, step.To);

    private protected override async Task<bool> RunAsync(ScriptStep.Transfers step, HandsetLeg leg, CancellationToken cancellation)
    {
        await leg.TransferAsync(step.To.StartsWith('+') ? $"tel:{step.To}" : step.To);
        return true;
    }
}
