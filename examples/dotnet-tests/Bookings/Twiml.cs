using Twilio.TwiML;
using Twilio.TwiML.Voice;

namespace Bookings;

/// <summary>Answers that Twilio acts on.</summary>
internal static class Twiml
{
    public static IResult Message(string text) => Answer(new MessagingResponse().Message(text));

    public static IResult Say(string words) => Answer(new VoiceResponse().Say(words));

    public static IResult Menu(string words, string action) => Answer(new VoiceResponse().Append(new Gather(numDigits: 1, action: new Uri(action, UriKind.Relative)).Say(words)));

    private static IResult Answer(Twilio.TwiML.TwiML twiml) => Results.Text(twiml.ToString(), "text/xml");
}
