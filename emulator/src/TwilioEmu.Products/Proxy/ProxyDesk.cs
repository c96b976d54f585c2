using System.Collections.Frozen;
using System.Security;
using System.Text;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Products.Proxy;

/// <summary>Passes texts and calls on between the two of a session, each under the number the other knows.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/proxy/understanding-proxy, /api/webhooks. A
/// number of a pool is Proxy's: its own webhooks are not asked any more.
/// 1. Who writes or calls which number tells the session; 2. the app may stop it by 403; 3.
/// the other is reached from their own number; 4. the interaction follows what becomes of it.
/// </remarks>
internal sealed class ProxyDesk(
    ProxyBook book, MessagingProduct messaging, ProxyCallbacks callbacks, ProxyInteractions interactions, OutOfSessionAnswer outside)
    : ITextInterest, ICallInterest
{
    private const string Rejected = "<Response><Reject/></Response>";

    // twilio.com/docs/proxy/opt-out-keywords: words that stop, in English and French, and UNSTOP. Other keywords (YES, HELP, INFO, START)
    // may well be meant for the other, and are passed on. REVOKE and OPTOUT, which stop since 2025, are inferred.
    private static readonly FrozenSet<string> KeptWords = FrozenSet.ToFrozenSet(
    [
        "STOP", "UNSUBSCRIBE", "END", "CANCEL", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "ARRETT", "ARRET", "ARRETE", "UNSTOP",
    ]);

    private readonly TextsUnderway _underway = new(book.World, "proxy_inbound/");

    // Texts whose interaction may have begun in an earlier process.
    private readonly HashSet<string> _resumed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Takes(Message inbound, long cause)
    {
        if (book.ServiceOf(inbound.Account, inbound.To) is not { } service) return false;
        Receive(service, inbound, _underway.Begin(inbound, cause), cause);
        return true;
    }

    /// <summary>Takes up the texts about which the app was being asked when an earlier process ended.</summary>
    public void Resume()
    {
        foreach (var (name, inbound, cause, _) in _underway.Resume(static _ => true, static (_, _) => { }))
        {
            if (book.ServiceOf(inbound.Account, inbound.To) is not { } service)
            {
                _underway.End(name);
                continue;
            }
            _resumed.Add(inbound.Sid);
            Receive(service, inbound, name, cause);
        }
    }

    // What a lambda holds is made where its method begins: this is asked for few of the texts that come in.
    private void Receive(Document service, Message inbound, string underway, long cause) =>
        book.World.Loop.Start(() => ReceiveAsync(service, inbound, underway, cause));

    /// <inheritdoc/>
    public bool TakesCallsTo(AccountSid account, string number) => book.ServiceOf(account, number) is not null;

    /// <inheritdoc/>
    public async Task<CallOrder> DirectAsync(AccountSid account, string callSid, string from, string to, long cause)
    {
        var service = book.ServiceOf(account, to)!;
        if (book.Find(account, from, to) is not var (key, caller))
        {
            if (service["out_of_session_callback_url"] is { Length: > 0 } url)
            {
                return new CallOrder(null, url, FormerSession(account, from, to));
            }
            KeepOutside(account, callSid, "voice", from, to, cause);
            return new CallOrder(Rejected, null, []);
        }
        if (book.Open(key) is { } session && session["mode"] == "message-only")
        {
            Keep(account, callSid, "voice", from, to, 80911, "the session is for messages only", cause);
            return new CallOrder(Rejected, null, []);
        }
        if (Partner(key, caller) is not { } partner)
        {
            Keep(account, callSid, "voice", from, to, 80614, "nobody else is in the session", cause);
            return new CallOrder(Rejected, null, []);
        }
        var interaction = interactions.Begin(
            key, caller, partner, "voice", ProxyInteractions.Data("duration", "0"), callSid, "ringing", "Call", null);
        var (mayPass, entry) = await callbacks.AskAsync(key, service, interaction, cause);
        if (!mayPass)
        {
            Keep(account, callSid, "voice", from, to, 80909, "the intercept callback answered 403", entry);
            return new CallOrder(Rejected, null, []);
        }
        interactions.Keep(key, callSid, interaction.Key, entry);
        interactions.Touch(key, entry);
        interactions.Passed(key, interaction, "voice", from, partner, entry);
        var (shown, dialled) = (SecurityElement.Escape(partner["proxy_identifier"]), SecurityElement.Escape(partner["identifier"]));
        return new CallOrder($"<Response><Dial callerId=\"{shown}\"><Number>{dialled}</Number></Dial></Response>", null, []);
    }

    /// <summary>Texts one of a session from their number.</summary>
    /// <returns>The interaction's SID to be, and the text's; null when the number cannot.</returns>
    public (string Interaction, string Text)? Send(SessionKey key, Document to, string body, IReadOnlyList<string> media, long cause)
    {
        if (messaging.Send(key.Account, to["proxy_identifier"]!, to["identifier"]!, body, media, cause) is not { } text) return null;
        var sid = book.World.Sids.New("KI");
        interactions.Keep(key, text.Sid, sid, cause);
        interactions.Touch(key, cause);
        return (sid, text.Sid);
    }

    private async Task ReceiveAsync(Document service, Message inbound, string underway, long cause)
    {
        var account = inbound.Account;
        // Words between a phone and Twilio; the other is not shown them (error dictionary 80901).
        if (Keywords.WordOf(inbound.Body) is { } word && KeptWords.Contains(word))
        {
            _underway.End(underway);
            Keep(account, inbound.Sid, "message", inbound.From, inbound.To, 80901, $"the keyword {word} is not passed on", cause);
            return;
        }
        if (book.Find(account, inbound.From, inbound.To) is not var (key, author))
        {
            await ReceiveOutsideAsync(service, inbound, underway, cause);
            return;
        }
        await PassAsync(key, service, author, inbound, underway, cause);
    }

    private async Task PassAsync(SessionKey key, Document service, Document author, Message inbound, string underway, long cause)
    {
        if (book.Open(key) is { } session && session["mode"] == "voice-only")
        {
            _underway.End(underway);
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80910, "the session is for calls only", cause);
            return;
        }
        if (Partner(key, author) is not { } partner)
        {
            _underway.End(underway);
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80614, "nobody else is in the session", cause);
            return;
        }
        var begun = _resumed.Remove(inbound.Sid)
            ? book.Interactions(key).NewestFirst().FirstOrDefault(i => i["inbound_resource_sid"] == inbound.Sid)
            : null;
        var interaction = begun
            ?? interactions.Begin(
                key, author, partner, "message", ProxyInteractions.Data("body", inbound.Body), inbound.Sid, "received", "Message", null);
        var (mayPass, entry) = await callbacks.AskAsync(key, service, interaction, cause);
        _underway.End(underway);
        if (!mayPass || book.Open(key) is null)
        {
            Keep(
                key.Account, inbound.Sid, "message", inbound.From, inbound.To, mayPass ? 80902 : 80909,
                mayPass ? "the session was closed meanwhile" : "the intercept callback answered 403", entry);
            return;
        }
        if (messaging.Send(
            key.Account, partner["proxy_identifier"]!, partner["identifier"]!, inbound.Body, inbound.Extras.Media, null,
            entry) is not { } text)
        {
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80202, $"{partner["proxy_identifier"]} cannot text", entry);
            return;
        }
        interactions.Keep(key, text.Sid, interaction.Key, entry);
        book.Interactions(key).Change(
            interaction, entry, ("outbound_resource_sid", text.Sid), ("outbound_resource_status", "queued"),
            ("outbound_resource_type", "Message"), ("outbound_resource_url", book.UrlOf(key.Account, text.Sid)));
        interactions.Touch(key, entry);
        interactions.Passed(key, interaction, "message", inbound.From, partner, entry);
    }

    /// <summary>
    /// TwiML is a reply; JSON makes a session and passes the text on; anything else leaves it (twilio.com/docs/proxy/api/webhooks).
    /// </summary>
    private async Task ReceiveOutsideAsync(Document service, Message inbound, string underway, long cause)
    {
        var account = inbound.Account;
        if (service["out_of_session_callback_url"] is not { Length: > 0 } url)
        {
            _underway.End(underway);
            KeepOutside(account, inbound.Sid, "message", inbound.From, inbound.To, cause);
            return;
        }
        List<KeyValuePair<string, string>> parameters =
        [
            .. messaging.ParametersOf(inbound), .. FormerSession(account, inbound.From, inbound.To),
        ];
        var answer = await callbacks.AskOutOfSessionAsync(account, inbound.Sid, url, parameters, cause);
        _underway.End(underway);
        if (answer.IsUsable && answer.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
            && outside.Join(service, inbound, Encoding.UTF8.GetString(answer.Body.Span), answer.Entry) is var (key, author))
        {
            await PassAsync(key, service, author, inbound, _underway.Begin(inbound, answer.Entry), answer.Entry);
        }
        else if (answer.IsUsable && TwimlReader.Read(answer.ContentType, answer.Body.Span) is TwimlReading.Document document)
        {
            var (response, leadsBack) = ProxyHooks.Part(document.Root, service.Key);
            var (replies, warnings) = MessagingProduct.ReadReplies(response);
            foreach (var told in TwimlWarning.ToTell(warnings)) callbacks.Alert(account, inbound.Sid, told.Code, told.Told, answer.Entry);
            foreach (var (body, media) in replies) messaging.Send(account, inbound.To, inbound.From, body, media, answer.Entry);
            if (!leadsBack) return;
            if (book.Find(account, inbound.From, inbound.To) is var (made, writer))
            {
                await PassAsync(made, service, writer, inbound, _underway.Begin(inbound, answer.Entry), answer.Entry);
            }
            else KeepOutside(account, inbound.Sid, "message", inbound.From, inbound.To, answer.Entry);
        }
        else
        {
            Keep(
                account, inbound.Sid, "message", inbound.From, inbound.To, 80913,
                "the out-of-session callback answered neither TwiML nor the JSON of a session", answer.Entry);
        }
    }

    private List<KeyValuePair<string, string>> FormerSession(AccountSid account, string from, string to) =>
        book.Last(account, from, to) is { } last && book.Sessions(account, last.Session.Service).Find(last.Session.Session) is { } session
            ? ProxyCallbacks.OfSession(session, book.Participants(last.Session).Find(last.Participant))
            : [];

    private Document? Partner(SessionKey key, Document of) => book.Present(key).Find(p => p.Key != of.Key);

    /// <summary>A pool is nearly as large as it may be (error dictionary 80624).</summary>
    public void WarnOfPool(AccountSid account, string service, int count, int most, long cause) =>
        callbacks.Alert(account, service, 80624, $"{count} numbers are in the pool, and {most} may be", cause);

    private void KeepOutside(AccountSid account, string subject, string type, string from, string to, long cause)
    {
        var isOver = book.Last(account, from, to) is { } last
            && book.Sessions(account, last.Session.Service).Find(last.Session.Session) is { } session
            && session["closed_reason"] == "expired";
        var why = isOver ? "their session is over: its time has run out" : "no open session joins them";
        Keep(account, subject, type, from, to, isOver ? 80904 : 80902, $"{why}, and no OutOfSessionCallbackUrl is set", cause);
    }

    private void Keep(AccountSid account, string subject, string type, string from, string to, int code, string why, long cause)
    {
        var entry = book.World.Journal.Write(
            account, ProxyEntries.Kept, subject, cause, ("type", type), ("from", from), ("to", to), ("code", code), ("why", why));
        callbacks.Alert(account, subject, code, why, entry.Seq);
    }
}
