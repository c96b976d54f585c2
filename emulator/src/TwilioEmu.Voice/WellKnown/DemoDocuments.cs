using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>What <c>demo.twilio.com</c> has: documents, sounds, a picture of Twilio's examples, and what new numbers begin with.</summary>
/// <remarks>
/// The paths are those of twilio.com/docs/voice, twilio.com/docs/messaging, the older quickstarts (the monkey) and of the
/// IncomingPhoneNumber resource's defaults; words, music and picture are ours. Examples end up in apps as they stand.
/// </remarks>
internal static class DemoDocuments
{
    private const string Music = "http://demo.twilio.com/docs/classic.mp3";

    // One grey dot (PNG 1.2: signature, IHDR, IDAT, IEND).
    private const string Dot =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly AppAnswer Picture = new(200, "image/png", "") { Bytes = Convert.FromBase64String(Dot) };

    public static AppAnswer? Answer(string path) => path.TrimEnd('/') switch
    {
        "/docs/voice.xml" => WellKnownApp.Twiml($"<Say>Thanks for trying our documentation. Enjoy!</Say><Play>{Music}</Play>"),
        "/docs/classic.mp3" or "/hellomonkey/monkey.mp3" => MusicBuckets.Song,
        "/owl.png" => Picture,
        "/docs/sms.xml" or "/sms/welcome" or "/welcome/sms" => Answer("/welcome/sms/reply"),
        "/welcome/voice" => WellKnownApp.Twiml(
            "<Say>Thank you for calling. This number has no voice URL of its own yet. Set one, and it answers what you tell it to.</Say>"),
        "/welcome/sms/reply" =>
            WellKnownApp.Twiml("<Message>Thanks for the message. Set the SMS URL of this number to change this reply.</Message>"),
        _ => null,
    };
}
