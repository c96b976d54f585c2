using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>What <c>demo.twilio.com</c> has: the documents of Twilio's examples, and those new numbers begin with.</summary>
/// <remarks>The paths are those of twilio.com/docs/voice and of the IncomingPhoneNumber resource's defaults; the words are ours.</remarks>
internal static class DemoDocuments
{
    private const string Music = "http://demo.twilio.com/docs/classic.mp3";

    public static AppAnswer? Answer(string path) => path.TrimEnd('/') switch
    {
        "/docs/voice.xml" => WellKnownApp.Twiml($"<Say>Thanks for trying our documentation. Enjoy!</Say><Play>{Music}</Play>"),
        "/docs/classic.mp3" => MusicBuckets.Song,
        "/welcome/voice" => WellKnownApp.Twiml(
            "<Say>Thank you for calling. This number has no voice URL of its own yet. Set one, and it answers what you tell it to.</Say>"),
        "/welcome/sms/reply" =>
            WellKnownApp.Twiml("<Message>Thanks for the message. Set the SMS URL of this number to change this reply.</Message>"),
        _ => null,
    };
}
