using System.Security;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Proxy;

/// <summary>Proxy's own webhooks, to which an app sends a call or a text on once it has made the session for it.</summary>
/// <remarks>
/// twilio.com/docs/proxy/api/webhooks and what apps do: out of session a menu is spoken, a session made, and the document redirects to
/// <c>https://webhooks.twilio.com/v1/Accounts/AC.../Proxy/KS.../Webhooks/Call</c> (or <c>Message</c>). Loop-confined.
/// </remarks>
internal sealed class ProxyHooks(ProxyBook book, ProxyDesk desk)
{
    /// <summary>Answers a call that is sent here with what becomes of it now.</summary>
    public async Task<AppAnswer> AnswerAsync(OwnHook hook)
    {
        if (hook.Rest is not ["Webhooks", "Call"]
            || hook["CallSid"] is not { } call || hook["From"] is not { } from || hook["To"] is not { } to
            || book.ServiceOf(hook.Account, to)?.Key != hook.Sid)
        {
            return new AppAnswer(404, "text/plain", $"no call of the Proxy service {hook.Sid}");
        }
        var order = await desk.DirectAsync(hook.Account, call, from, to, hook.Cause);
        // Still out of session: the app is asked once more.
        return new AppAnswer(
            200, "text/xml",
            order.Twiml ?? $"""<Response><Redirect method="POST">{SecurityElement.Escape(order.Url)}</Redirect></Response>""");
    }

    /// <summary>A document that answers a text, without its way to the service's own webhook of texts, and whether it had that.</summary>
    public static (TwimlElement Response, bool LeadsBack) Part(TwimlElement response, string service)
    {
        bool IsBack(TwimlNode node) => node is TwimlElement { Name: "Redirect" } e && Uri.TryCreate(e.Text, UriKind.Absolute, out var url)
            && url.Host == OwnHooks.Host && url.AbsolutePath.EndsWith($"/Proxy/{service}/Webhooks/Message", StringComparison.Ordinal);
        return response.Children.Any(IsBack)
            ? (response with { Children = [.. response.Children.Where(c => !IsBack(c))] }, true)
            : (response, false);
    }
}
