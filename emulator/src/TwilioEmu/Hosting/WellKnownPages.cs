using System.Text;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Hosting;

/// <summary>Writes out what lies at Twilio's own addresses and is no API (demo.twilio.com) to who asks for it by HTTP.</summary>
internal static class WellKnownPages
{
    /// <summary>What is asked for; null for what is the API's.</summary>
    public static AppAnswer? Find(HttpRequest request) => WellKnownApp.AtDoor(request.Host.Host, request.Path.Value ?? "");

    public static async Task WriteAsync(HttpContext context, AppAnswer page)
    {
        var bytes = page.Bytes ?? Encoding.UTF8.GetBytes(page.Body);
        var response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (page.Status, page.ContentType, bytes.Length);
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
