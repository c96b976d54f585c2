using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>Judges who binds, and tells the journal of what is refused: no more than a scanner may fill it with.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class SmppDoor(SmppHost host)
{
    /// <summary>What our SMSC calls itself in answers to binds.</summary>
    public const string SystemId = "TwilioEmu";

    private const int MaxToldPerMinute = 60;

    private DateTimeOffset _since;
    private int _count;

    /// <summary>Lets a gateway in, or not (SMPP 3.4 §4.1).</summary>
    public void Judge(SmppPeer peer, SessionOutput.BindAsked asked)
    {
        var link = host.Systems.FirstOrDefault(s => s.System.SystemId == asked.Bind.SystemId);
        var status = link switch
        {
            null => CommandStatus.InvSysId,
            _ when !IsPassword(link.System.Password, asked.Bind.Password) => CommandStatus.InvPaswd,
            _ when link.Peers.Count >= link.System.MaxSessions => CommandStatus.BindFail,
            _ => CommandStatus.Ok,
        };
        if (status != CommandStatus.Ok)
        {
            if (MayTell())
            {
                host.Write(SmppEntries.Refused, asked.Bind.SystemId, ("role", "smsc"), ("peer", peer.Wire.Peer), ("status", status.Word()));
            }
            peer.Session.RefuseBind(asked, status);
            host.Touch(peer);
            return;
        }
        peer.Session.AcceptBind(asked, SystemId, link!.SessionTerms, peer.Now);
        host.Touch(peer);
        link.Join(peer, asked.Bind.SystemId);
    }

    /// <summary>A request was refused.</summary>
    public void TellOfRefusal(SmppPeer peer, Pdu request, CommandStatus status, string why)
    {
        if (!MayTell()) return;
        var (from, to) = request.Body switch
        {
            MessageBody body => (body.Source, body.Destination),
            DataBody body => (body.Source, body.Destination),
            MultiBody body => (body.Message.Source, SmppAddress.None),
            CancelBody body => (body.Source, body.Destination),
            QueryBody body => (body.Source, SmppAddress.None),
            ReplaceBody body => (body.Source, SmppAddress.None),
            _ => (SmppAddress.None, SmppAddress.None),
        };
        host.Write(
            SmppEntries.Rejected, peer.Link?.Terms.Name ?? peer.Wire.Peer, ("command", request.Command.Word()), ("status", status.Word()),
            ("from", from.Value), ("to", to.Value), ("why", why));
    }

    private static bool IsPassword(string password, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(given));

    private bool MayTell()
    {
        var now = host.World.Options.Wall.GetUtcNow();
        if (now - _since >= TimeSpan.FromMinutes(1)) (_since, _count) = (now, 0);
        return ++_count <= MaxToldPerMinute;
    }
}
