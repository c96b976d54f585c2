using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Calls;

/// <summary>Carries a call through an Elastic SIP Trunk: no document, one call, two legs.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sip-trunking. 1. The targets are called one after the other: the next one where the one before errs (5xx,
/// no response, out of reach), not where it is busy or declines; 2. the caller is answered when a target answers, and both talk until one
/// leaves;
/// 3. with no target to be had the document of the disaster recovery URL takes the call, and without one the caller is refused.
/// </remarks>
internal sealed class TrunkRun(CallServices services, LiveCall call, TrunkOrder order)
{
    public async Task RunAsync()
    {
        if (call.IsOver) return;
        if (order.Warning is { } warning) services.World.Journal.Warn(call.Record.Account, call.Record.Sid, call.Cause, warning);
        if (order.FaultCode != 0) services.Raise(call.Record, order.FaultCode, order.FaultMessage, null, call.Cause);
        if (order.Recording.StartsWith("record-from-ringing", StringComparison.Ordinal)) Record();
        LegEnd? last = null;
        foreach (var target in order.Targets)
        {
            // 1. Call it.
            if (services.Exchange.VoiceLine(PartyAddress.Read(target)) is not { } line)
            {
                services.World.Journal.Warn(
                    call.Record.Account, call.Record.Sid, call.Cause,
                    $"nothing leads to {target}: SIP is not listened for, so start TwilioEmu with --sip-port 5060");
                continue;
            }
            using var far = new TrunkLeg(services, call, target) { Progressed = call.Ring };
            far.Place(line, order.From, order);
            await Task.WhenAny(far.Connected.Task, call.Over.Task);
            if (call.IsOver)
            {
                far.End(LegEnd.Cancelled);
                return;
            }
            if (await far.Connected.Task)
            {
                await TalkAsync(far);
                return;
            }
            last = far.Ending;
            if (last is not null && !last.IsTrouble) break;
            if (last is { Code: not 0 } trouble) services.Raise(call.Record, trouble.Code, trouble.Reason, null, call.Cause);
        }
        // 3. Nobody to be had.
        if (last is null || last.IsTrouble)
        {
            if (order.DisasterRecoveryUrl is { } url)
            {
                await new DocumentRun(services, call)
                    .RunAsync(new DocumentRequest.Fetch(url, order.DisasterRecoveryMethod, WebhookPurpose.DisasterRecovery, []));
                return;
            }
            last = LegEnd.Answered(order.FaultStatus, "no target of the trunk can be had", Side.Emulator);
        }
        call.End(last with { By = Side.Emulator, Code = 0, Headers = Refusal() });
    }

    /// <summary>The switch is told which recording was made, as captured BYEs of live trunks do.</summary>
    private LegEnd Farewell => call.Recordings is [.., var made]
        ? LegEnd.Released with
        {
            Headers =
            [
                new("X-Twilio-RecordingSid", made.Record.Sid),
                new("X-Twilio-RecordingDuration", $"{(int)Math.Ceiling(made.Length.TotalSeconds)}"),
            ],
        }
        : LegEnd.Released;

    /// <summary>What a switch is told of why (the words of 32204 as they were captured).</summary>
    private IReadOnlyList<KeyValuePair<string, string>> Refusal()
    {
        if (order.FaultCode == 0 || order.IsOriginating) return [];
        return [new("X-Twilio-Error", $"{order.FaultCode} {(order.FaultCode == 32204 ? "Invalid Caller ID" : order.FaultMessage)}")];
    }

    /// <summary>2. Until one of the two leaves; the switch may have somebody else take its place (<see cref="TrunkTransfer"/>).</summary>
    private async Task TalkAsync(TrunkLeg far)
    {
        if (!await call.AnswerAsync(services.World.Ending))
        {
            far.End(LegEnd.Released);
            return;
        }
        if (order.Recording.StartsWith("record-from-answer", StringComparison.Ordinal)) Record();
        while (true)
        {
            var transfer = new TrunkTransfer(services, call, order, far);
            using (call.Media.Hear(far.Media))
            using (far.Media.Hear(call.Media))
            {
                await Task.WhenAny(far.Left.Task, call.Over.Task, transfer.Reached.Task);
            }
            var target = await transfer.CloseAsync();
            if (target is not null && !order.IsOriginating)
            {
                await GoOnWithoutSwitchAsync(far, target);
                return;
            }
            far.End(Farewell);
            far.Dispose();
            if (target is null) break;
            far = target;
        }
        if (!call.IsOver) call.Complete();
    }

    /// <summary>A switch that called out has left its two parties to each other: its call is over (inferred).</summary>
    private async Task GoOnWithoutSwitchAsync(TrunkLeg one, TrunkLeg other)
    {
        if (!call.IsOver) call.Complete();
        using (other)
        using (one.Media.Hear(other.Media))
        using (other.Media.Hear(one.Media))
        {
            await Task.WhenAny(one.Left.Task, other.Left.Task);
        }
        one.End(LegEnd.Released);
        other.End(LegEnd.Released);
    }

    private void Record() => services.Recordings.Start(
        call,
        new RecordingSpec(RecordingSource.Trunking)
        {
            Channels = order.Recording.EndsWith("-dual", StringComparison.Ordinal) ? 2 : 1,
            Trims = order.TrimsRecording,
        },
        call.Cause);
}
