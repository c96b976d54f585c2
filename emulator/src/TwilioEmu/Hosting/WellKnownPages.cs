using System.Text;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Hosting;

/// <summary>Writes out what lies at Twilio's own addresses and is no API (demo.twilio.com) to who asks for it by HTTP.</summary>
internal static class WellKnownPages
{
    public static async Task WriteAsync(HttpContext context, AppAnswer page)
    {
        var bytes = page.Bytes ?? Encoding.UTF8.GetBytes(page.Body);
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = (page.Status, page.ContentType, bytes.Length);
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
