using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Calls;

/// <summary>Carries a call through an Elastic SIP Trunk: no document, one call, two legs.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sip-trunking. 1. The targets are called one after the other: the next one where the one before errs (5xx, no
/// response, out of reach), not where it is busy or declines; 2. the caller is answered when a target answers, and both talk until one leaves;
/// 3. with no target to be had the document of the disaster recovery URL takes the call, and without one the caller is refused.
/// </remarks>
internal sealed class TrunkRun(CallServices services, LiveCall call, TrunkOrder order)
{
    public async Task RunAsync()
    {
        if (call.IsOver) return;
        if (order.FaultCode != 0) services.Raise(call.Record, order.FaultCode, order.FaultMessage, null, call.Cause);
        if (order.Recording.StartsWith("record-from-ringing", StringComparison.Ordinal)) Record();
        LegEnd? last = null;
        foreach (var target in order.Targets)
        {
            // 1. Call it.
            if (services.Exchange.VoiceLine(PartyAddress.Read(target)) is not { } line) continue;
            using var far = new FarEnd(services, call, target);
            far.Place(line, order);
            await Task.WhenAny(far.Connected.Task, call.Over.Task);
            if (call.IsOver)
            {
                far.Do(new LegCommand.End(LegEnd.Cancelled));
                return;
            }
            if (await far.Connected.Task)
            {
                await TalkAsync(far);
                return;
            }
            last = far.End;
            if (last is not null && !last.IsTrouble) break;
            if (last is { Code: not 0 } trouble) services.Raise(call.Record, trouble.Code, trouble.Reason, null, call.Cause);
        }
        // 3. Nobody to be had.
        if (last is null || last.IsTrouble)
        {
            if (order.DisasterRecoveryUrl is { } url)
            {
                await new DocumentRun(services, call).RunAsync(new DocumentRequest.Fetch(url, order.DisasterRecoveryMethod, "disaster-recovery", []));
                return;
            }
            last = LegEnd.Answered(order.FaultStatus, "no target of the trunk can be had", Side.Emulator);
        }
        call.End(last with { By = Side.Emulator, Code = 0 });
    }

    /// <summary>2. Until one of the two leaves.</summary>
    private async Task TalkAsync(FarEnd far)
    {
        if (!await call.AnswerAsync(services.World.Ending))
        {
            far.Do(new LegCommand.End(LegEnd.Released));
            return;
        }
        if (order.Recording.StartsWith("record-from-answer", StringComparison.Ordinal)) Record();
        using (call.Media.Hear(far.Media))
        using (far.Media.Hear(call.Media))
        {
            await Task.WhenAny(far.Left.Task, call.Over.Task);
        }
        far.Do(new LegCommand.End(LegEnd.Released));
        if (!call.IsOver) call.Complete();
    }

    private void Record() => services.Recordings.Start(
        call, new RecordingSpec(RecordingSource.Trunking) { Channels = order.Recording.EndsWith("-dual", StringComparison.Ordinal) ? 2 : 1, Trims = order.TrimsRecording }, call.Cause);

    /// <summary>The leg to a target: no call of its own.</summary>
    private sealed class FarEnd : ILegOwner, IDisposable
    {
        private readonly CallServices _services;
        private readonly LiveCall _call;
        private readonly string _target;
        private ILeg? _leg;
        private LegMedia? _media;

        public FarEnd(CallServices services, LiveCall call, string target)
        {
            (_services, _call, _target) = (services, call, target);
            Connected = new Signal<bool>(services.World.Loop);
            Left = new Signal<bool>(services.World.Loop);
        }

        public Signal<bool> Connected { get; }

        public Signal<bool> Left { get; }

        public LegEnd? End { get; private set; }

        public ICallMedia Media => _media!;

        public void Place(IVoiceLine line, TrunkOrder order)
        {
            var record = _call.Record;
            var offer = new CallOffer(record.Account, record.Sid, PartyAddress.Read(order.From), PartyAddress.Read(_target), _call.Cause) { Kind = OfferKind.Trunk, DisplayName = record.CallerName };
            _leg = line.Place(offer, this);
            _media = new LegMedia(_services.World, _leg, new Transcript(_services.World, record.Account, record.Sid, _target, () => _call.Cause));
        }

        public void Do(LegCommand command) => _leg!.Do(command);

        public void Told(ILeg leg, LegNews news)
        {
            switch (news)
            {
                case LegNews.Progressed(var hasEarlyMedia): _call.Ring(hasEarlyMedia); break;
                case LegNews.Answered: Connected.TrySet(true); break;
                case LegNews.Ended(var end):
                    End = end;
                    Connected.TrySet(false);
                    Left.TrySet(true);
                    break;
                // Trunks follow no REFER unless told to (TransferMode; 32218).
                case LegNews.Asked(LegWish.Transfer transfer):
                    transfer.Reply.Answer(603);
                    _services.Raise(_call.Record, 32218, "the trunk follows no transfers", null, _call.Cause);
                    break;
            }
        }

        public void Dispose() => _media?.Close();
    }
}
