using TwilioEmu.Kernel.Ids;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>
/// An SMSC that the emulator binds to: apps' texts to its numbers are submitted there, and what it delivers are texts of phones.
/// </summary>
/// <remarks>
/// Loop-confined. Sessions that break, or were never had, are tried again by the wall, after 1 s, 2 s, 4 s and
/// so on up to a minute. A text is sent when the SMSC took all of its parts, and delivered when it says so.
/// </remarks>
internal sealed class CentreLink : SmppLink
{
    // §5.2.17: a receipt whatever becomes of it.
    private const byte AsksForReceipt = 0x01;

    private const int MaxIncomplete = 1_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PartsLife = TimeSpan.FromMinutes(5);

    private readonly SmppCentre _centre;
    private readonly Reassembly<string> _reassembly = new(MaxIncomplete, PartsLife);
    private readonly Queue<BindMode> _wanted = [];
    private readonly Dictionary<SmppPeer, BindMode> _modes = [];
    private ITimer? _retry;
    private TimeSpan _wait = FirstWait;
    private bool _isClosed;

    public CentreLink(SmppHost host, SmppCentre centre)
        : base(host, centre, centre.ReceiptIds)
    {
        _centre = centre;
        foreach (var mode in Modes) _wanted.Enqueue(mode);
    }

    public override SmppRole Role => SmppRole.Esme;

    protected override CommandId Carrying => CommandId.SubmitSm;

    protected override bool AcceptsAtOnce => false;

    protected override byte Registered => AsksForReceipt;

    private IEnumerable<BindMode> Modes => _centre.Bind switch
    {
        CentreBind.Transmitter => [BindMode.Transmitter],
        CentreBind.Receiver => [BindMode.Receiver],
        CentreBind.Both => [BindMode.Transmitter, BindMode.Receiver],
        _ => [BindMode.Transceiver],
    };

    public override SmppLinkState State() => Standing("esme", _centre.SystemId, $"{_centre.Host}:{_centre.Port}");

    /// <summary>Opens a connection for each session that is wanted.</summary>
    public void Dial()
    {
        _retry?.Dispose();
        _retry = null;
        for (var count = _wanted.Count; count > 0; count--) Host.Dial(this, _centre);
    }

    /// <summary>A connection stands: a session that is wanted is bound over it.</summary>
    public void Opened(SmppPeer peer)
    {
        if (_isClosed || !_wanted.TryDequeue(out var mode))
        {
            peer.Unbind();
            return;
        }
        peer.Link = this;
        _modes.Add(peer, mode);
        peer.Session.Bind(
            mode,
            new BindBody(
                _centre.SystemId, _centre.Password, _centre.SystemType, BindBody.Version34, new SmppAddress(0, 0, _centre.AddressRange)),
            peer.Now);
        Host.Touch(peer);
    }

    /// <summary>No connection could be had.</summary>
    public void Unreached(string why)
    {
        if (_isClosed) return;
        Host.Write(SmppEntries.Unreachable, Terms.Name, ("peer", $"{_centre.Host}:{_centre.Port}"), ("why", why), ("again_in", _wait));
        Retry();
    }

    /// <summary>The SMSC let us in.</summary>
    public void Bound(SmppPeer peer, string systemId)
    {
        _wait = FirstWait;
        Join(peer, systemId);
    }

    /// <summary>It did not.</summary>
    public void BindRefused(SmppPeer peer, CommandStatus status) =>
        Host.Write(SmppEntries.Refused, Terms.Name, ("role", "esme"), ("peer", peer.Wire.Peer), ("status", status.Word()));

    public override void Leave(SmppPeer peer, SessionEnd why)
    {
        base.Leave(peer, why);
        if (!_modes.Remove(peer, out var mode) || _isClosed) return;
        _wanted.Enqueue(mode);
        Retry();
    }

    public override void Take(SmppPeer peer, Pdu request)
    {
        var status = request.Body switch
        {
            MessageBody body => Receive(body.Source, body.Destination, body.ShortMessage, body.EsmClass, body.DataCoding, request),
            DataBody data => Receive(data.Source, data.Destination, default, data.EsmClass, data.DataCoding, request),
            _ => CommandStatus.Ok,
        };
        // alert_notification is not answered; nothing here waits for it.
        if (request.Command.IsAnswered()) peer.Reply(request, status, new MessageIdBody(""));
    }

    public override void Close()
    {
        _isClosed = true;
        _retry?.Dispose();
        base.Close();
    }

    protected override void WhenTaken(OutgoingText text) => text.Accept();

    private CommandStatus Receive(
        SmppAddress source, SmppAddress destination, ReadOnlyMemory<byte> octets, byte esmClass, byte dataCoding, Pdu request)
    {
        var status = ShortMessages.Read(octets, esmClass, dataCoding, request.Tlvs, Terms.Alphabet, out var raw);
        if (status != CommandStatus.Ok) return Refuse(request, status, source, destination, "the text cannot be read");
        if (DeliveryReceipt.IsOne(esmClass))
        {
            if (DeliveryReceipt.Read(raw.Text, request) is not { } receipt)
            {
                return Refuse(request, CommandStatus.RxPAppn, source, destination, "it is a receipt, and names no text or no state");
            }
            TakeReceipt(receipt);
            return CommandStatus.Ok;
        }
        if (source.Read() is not { } from || !from.StartsWith('+'))
        {
            return Refuse(request, CommandStatus.InvSrcAdr, source, destination, $"{source} is no phone's number");
        }
        if (destination.Read() is not { } to || !Host.Handsets.Exchange.IsNumber(to))
        {
            return Refuse(request, CommandStatus.InvDstAdr, source, destination, $"{destination} is no number of an app's");
        }
        if (_reassembly.Add(from, to, raw, "", WorldNow) is not var (text, parts))
        {
            Sweep();
            return CommandStatus.Ok;
        }
        var entry = Host.Write(
            SmppEntries.Submitted, Terms.Name, ("message_id", ""), ("from", from), ("to", to), ("body", text), ("parts", parts.Count));
        Host.Handsets.Text(from, to, text, [], cause: entry.Seq);
        return CommandStatus.Ok;
    }

    private void Sweep()
    {
        foreach (var gone in _reassembly.Sweep(WorldNow))
        {
            Host.Write(
                SmppEntries.Incomplete, Terms.Name, ("from", gone.Source), ("to", gone.Destination), ("came", gone.Came),
                ("total", gone.Total));
        }
    }

    private CommandStatus Refuse(Pdu request, CommandStatus status, SmppAddress from, SmppAddress to, string why)
    {
        Host.World.Journal.Write(
            AccountSid.None, SmppEntries.Rejected, Terms.Name, 0, ("command", request.Command.Word()), ("status", status.Word()),
            ("from", from.Value), ("to", to.Value), ("why", why));
        return status;
    }

    private void Retry()
    {
        if (_retry is not null) return;
        var wait = _wait;
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        _retry = Host.World.Options.Wall.CreateTimer(
            _ => Host.World.Loop.TryPostOutside(static state => ((CentreLink)state!).DialAgain(), this), null, wait,
            Timeout.InfiniteTimeSpan);
    }

    private void DialAgain() => Host.Run(() =>
    {
        if (!_isClosed) Dial();
    });
}
