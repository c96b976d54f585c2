using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Channels;

/// <summary>What keeps a channel's message from its recipient before any phone sees it.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/63003, 63015, 63016, 63027, 63035, 63040, 63041, 63042: looked at when the message
/// leaves. An id that is none of the account's people is no recipient (63024; inferred). WhatsApp lets an app write freely for 24 hours
/// after a person wrote; else it takes approved templates only.
/// A type that WhatsApp takes as a template only is no template while it is not approved (63027). Loop-confined.
/// </remarks>
internal sealed class ChannelBars(ChannelSenderBook senders, SessionBook sessions, TemplateBook templates, NumberBook numbers)
{
    private const int NoSuchPerson = 63003;
    private const int NoSender = 63007;
    private const int NotInSandbox = 63015;
    private const int OutsideWindow = 63016;
    private const int NoRecipient = 63024;
    private const int NoTemplate = 63027;
    private const int NotLaunched = 63035;
    private const int Rejected = 63040;
    private const int Paused = 63041;
    private const int Disabled = 63042;

    /// <summary>Twilio's code, or null for nothing.</summary>
    public int? Of(Message message)
    {
        if (ChannelAddress.ChannelOf(message.From) is not { } channel) return null;
        if (senders.Find(message.Account, message.From) is not { } sender) return NoSender;
        if (!sender.IsOnline) return channel == ChannelAddress.Rcs ? NotLaunched : NoSender;
        var number = ChannelAddress.Bare(BusinessScopedId.WithNumber(message.Account, message.To)!);
        var person = ChannelAddress.On(channel, number);
        // An id of another business, or of nobody.
        if (BusinessScopedId.Is(person)) return NoRecipient;
        // A number of the emulator is on a channel when it has a sender there.
        if (numbers.Find(number) is not null && senders.At(person).Count == 0) return NoSuchPerson;
        // 63016 is of every channel with a window; Messenger's is as long, and nothing
        // opens it but the person (developers.facebook.com/docs/messenger-platform/policy).
        if (channel == ChannelAddress.Messenger) return sessions.IsOpen(message.Account, message.From, person) ? null : OutsideWindow;
        if (channel != ChannelAddress.WhatsApp) return null;
        if (sender.JoinCode is not null && !sessions.HasJoined(message.Account, message.From, person)) return NotInSandbox;
        var isOpen = sessions.IsOpen(message.Account, message.From, person);
        if (message.Extras.Content is not { } order || templates.Find(message.Account, order.Sid) is not { } template)
        {
            return isOpen ? null : OutsideWindow;
        }
        var type = ContentTypes.Find(template.TypeFor(channel) ?? "");
        // Lists and places begin no conversation (twilio.com/docs/api/errors/63016).
        if (type is { MayBeApproved: false }) return isOpen ? null : OutsideWindow;
        var needsApproval = type is { NeedsApproval: true };
        // One-tap, zero-tap and copy-code templates need a number (twilio.com/docs/whatsapp/key-concepts); the code is inferred.
        if (type?.Name == "whatsapp/authentication" && BusinessScopedId.Is(message.To)) return NoRecipient;
        // In a session a template that nobody approved is a free message, where its type may be one.
        return template.Approval switch
        {
            "approved" => null,
            _ when isOpen && !needsApproval => null,
            "rejected" => Rejected,
            "paused" => Paused,
            "disabled" => Disabled,
            _ => needsApproval ? NoTemplate : OutsideWindow,
        };
    }
}
