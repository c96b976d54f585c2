using System.Net;

namespace Bookings;

/// <summary>Answers that Twilio acts on.</summary>
internal static class Twiml
{
    public static IResult Message(string text) => Document($"<Message>{WebUtility.HtmlEncode(text)}</Message>");

    public static IResult Document(string verbs) => Results.Text($"<Response>{verbs}</Response>", "text/xml");
}
