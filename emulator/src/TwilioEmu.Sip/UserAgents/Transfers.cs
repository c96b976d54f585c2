using System.Globalization;
using System.Text;
using TwilioEmu.Sip.Dialogs;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A REFER that the peer sent: whom to call, and who says so.</summary>
/// <param name="Target">What Refer-To names; its URI may carry headers (<c>Replaces</c>, <c>X-</c>) for the new INVITE.</param>
/// <param name="ReferTo">The header as it was written.</param>
public sealed record TransferAsk(NameAddr Target, string ReferTo, SipRequest Request)
{
    /// <summary>
    /// The call that is to be replaced, where the transfer was talked over in one first (RFC 5589 §7); null for a blind one.
    /// </summary>
    public Replaces? Replaces => Dialogs.Replaces.In(Target.Uri);

    internal ServerTransaction? Transaction { get; init; }
}

/// <summary>REFER and the NOTIFYs of how it goes, both ways: RFC 3515, the subscription's states RFC 6665 §4.1.3, <c>Refer-Sub</c> RFC
/// 4488.</summary>
internal sealed class Transfers(SipCall call)
{
    private const string Event = "refer";
    private const string Fragment = "message/sipfrag";

    private readonly List<TransferAsk> _open = [];
    private int _asked;

    public void Ask(NameAddr target, IEnumerable<SipHeader>? headers, DateTimeOffset now)
    {
        _asked++;
        call.Ask(SipMethods.Refer, r => r.WithHeaders(r.Headers.With(HeaderNames.ReferTo, target.ToString())
            .With(HeaderNames.Contact, $"<{call.Dialog!.LocalTarget}>")
                .With(HeaderNames.ReferredBy, $"<{call.Dialog.Local.Uri}>").With(headers ?? [])),
            new Asked((response, _) =>
            {
                // 2xx: the peer tries, and NOTIFYs tell; all else is the end of it.
                if (!response.IsFinal || response.IsSuccess) return;
                _asked--;
                call.Endpoint.Emit(new SipOutput.TransferProgressed(call, response.Status, response.Reason, IsOver: true, IsRefused: true));
            }, (isTimeout,
            _) => call.Endpoint.Emit(
                new SipOutput.TransferProgressed(call, isTimeout ? 408 : 503, "", IsOver: true, IsRefused: true))), now);
    }

    public void Receive(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        if (request.Headers.Count(HeaderNames.ReferTo) != 1 || !NameAddr.TryParse(request.Headers[HeaderNames.ReferTo]!, out var target))
        {
            call.Endpoint.Respond(transaction, 400, now);
            return;
        }
        call.Endpoint.Emit(new SipOutput.TransferAsked(call,
            new(target, request.Headers[HeaderNames.ReferTo]!, request) { Transaction = transaction }));
    }

    public void Answer(TransferAsk ask, int status, DateTimeOffset now)
    {
        if (ask.Transaction is not { IsAnswered: false } transaction) return;
        var response = SipResponses.To(ask.Request, status);
        if (status is >= 200 and < 300) response = response.WithHeader(HeaderNames.Contact, $"<{call.Dialog!.LocalTarget}>");
        call.Endpoint.Respond(transaction, response, now);
        if (status is < 200 or >= 300) return;
        _open.Add(ask);
        // §2.4.4: the first NOTIFY follows at once.
        Notify(ask, 100, now);
    }

    public void Notify(TransferAsk ask, int status, DateTimeOffset now)
    {
        // A peer that hangs up once its REFER is taken (RFC 5589 §6.1) is told all the same: the subscription outlives the session
        // (RFC 5057 §4), and the live service does so (thevoiceguy/siphon-ai 357).
        if (!_open.Contains(ask) || call.Dialog is null) return;
        var isOver = status >= 200;
        if (isOver) _open.Remove(ask);
        var state = isOver ? "terminated;reason=noresource" : "active;expires=60";
        // §2.4.6: the id parts the REFERs of one dialog.
        call.Ask(SipMethods.Notify, r => r.WithHeaders(r.Headers.With(HeaderNames.Event, $"{Event};id={ask.Request.CSeq.Number}")
                .With(HeaderNames.SubscriptionState, state).With(HeaderNames.Contact, $"<{call.Dialog!.LocalTarget}>"))
                .WithBody(Fragment, Encoding.UTF8.GetBytes($"SIP/2.0 {status} {SipResponses.ReasonOf(status)}\r\n")),
            Asked.Nobody, now);
    }

    public void ReceiveNotify(ServerTransaction transaction, DateTimeOffset now)
    {
        var request = transaction.Request;
        if (request.Headers[HeaderNames.Event] is not { } about || !about.Split(';')[0].Trim()
            .Equals(Event, StringComparison.OrdinalIgnoreCase) || _asked == 0)
        {
            call.Endpoint.Respond(transaction, _asked == 0 ? 481 : 489, now);
            return;
        }
        call.Endpoint.Respond(transaction, 200, now);
        var isOver = request.Headers[HeaderNames.SubscriptionState]?.StartsWith("terminated", StringComparison.OrdinalIgnoreCase) ?? false;
        var line = request.BodyText.Split('\n')[0].Trim().Split(' ', 3);
        var status = line.Length >= 2 && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var told)
            && told is >= 100 and < 700 ? told : isOver ? 408 : 100;
        if (isOver || status >= 200) _asked = Math.Max(0, _asked - (isOver ? 1 : 0));
        call.Endpoint.Emit(new SipOutput.TransferProgressed(call, status, line.Length > 2 ? line[2] : "", isOver));
    }
}
