using System.Collections.Immutable;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Detection;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Whom a Dial calls.</summary>
internal abstract record DialNoun
{
    /// <param name="Text">The number as written.</param>
    public record Number(string Text) : DialNoun
    {
        /// <summary>A document for the called party, run after answer and before the bridge.</summary>
        public string? Url { get; init; }

        public string Method { get; init; } = "POST";

        public string SendDigits { get; init; } = "";

        /// <summary>The BYOC trunk it is called by; null for the telephone network.</summary>
        public string? Byoc { get; init; }

        public string? StatusCallback { get; init; }

        public string StatusCallbackMethod { get; init; } = "POST";

        public CallEvent StatusCallbackEvents { get; init; } = CallEvent.Completed;

        /// <summary>Whether it is to be found out who answers; null for no.</summary>
        public MachineDetection? Detection { get; init; }

        /// <summary>Attributes that were asked for and are not emulated.</summary>
        public ImmutableArray<string> InVain { get; init; } = [];
    }

    /// <summary>A room of many.</summary>
    public sealed record Conference(ConferenceSettings Settings) : DialNoun;

    /// <summary>A SIP address: a phone registered at a domain, or whatever answers there (twilio.com/docs/voice/twiml/sip).</summary>
    /// <param name="Text">The URI as written; the scheme may be left out.</param>
    public sealed record Sip(string Text) : Number(Text)
    {
        /// <summary>Where it stands in the document.</summary>
        public int Line { get; init; }

        public string? Username { get; init; }

        public string? Password { get; init; }

        /// <summary>The URI with its scheme; null for what is none.</summary>
        public string? Uri
        {
            get
            {
                var hasScheme = Text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)
                    || Text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
                var uri = hasScheme ? Text : $"sip:{Text}";
                return uri.Length <= MaxUriLength && !uri.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
                    && (hasScheme || Text.Contains('@')) && !uri.EndsWith(':')
                    ? uri
                    : null;
            }
        }

        /// <summary>255 for the address and 1024 for the headers (13243, 13253).</summary>
        private const int MaxUriLength = 255 + 1024;

        /// <summary>As REST has it for SipAuthUsername and SipAuthPassword (13249).</summary>
        public const int MaxLoginLength = 255;
    }

    /// <summary>The call at the front of a queue.</summary>
    /// <param name="Name">As written.</param>
    public sealed record Queue(string Name) : DialNoun
    {
        /// <summary>A document for the waiting call, run before the bridge; as written, or null.</summary>
        public string? Url { get; init; }

        public string Method { get; init; } = "POST";

        /// <summary>Attributes that were asked for and are not emulated.</summary>
        public ImmutableArray<string> InVain { get; init; } = [];

        /// <summary>An error that keeps it from being begun; 0 for none.</summary>
        public int FaultCode { get; init; }

        public string FaultMessage { get; init; } = "";
    }

    /// <summary>An app's own phone: a browser, a mobile (twilio.com/docs/voice/twiml/client).</summary>
    /// <param name="Text">Its identity.</param>
    public sealed record Client(string Text) : Number(Text)
    {
        /// <summary>What the phone is told (<c>&lt;Parameter&gt;</c>), in order.</summary>
        public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

        /// <summary>Told that the phone is called; as written, or null.</summary>
        public string? NotificationUrl { get; init; }

        /// <summary>twilio.com/docs/voice/twiml/client: 256 characters at most, no blanks.</summary>
        public bool IsValid => Text.Length is > 0 and <= MaxIdentityLength && !Text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

        private const int MaxIdentityLength = 256;
    }

    /// <summary>A TwiML App, of this account or of one that lets others in (twilio.com/docs/voice/twiml/dial/application).</summary>
    /// <param name="Text">Its SID.</param>
    public sealed record Application(string Text) : Number(Text)
    {
        /// <summary>Told to the app as <c>Param_</c> and the name.</summary>
        public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

        /// <summary>Told to the app; null for the account's SID.</summary>
        public string? CustomerId { get; init; }

        /// <summary>True shows the app the number that was called, false its own SID.</summary>
        public bool CopiesParentTo { get; init; }
    }

    /// <summary>A SIM of the account (twilio.com/docs/iot/wireless/programmable-wireless-voice).</summary>
    /// <param name="Text">Its SID.</param>
    public sealed record Sim(string Text) : Number(Text);

    /// <summary>Somebody's WhatsApp (twilio.com/docs/voice/twiml/whatsapp).</summary>
    /// <param name="Text">The number as written.</param>
    public sealed record WhatsApp(string Text) : Number(Text);

    private DialNoun() { }
}
