using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>What a participant's addresses may be.</summary>
/// <param name="owns">True when the account has the number.</param>
/// <param name="hasSender">True when the account has the sender on a channel.</param>
/// <remarks>twilio.com/docs/conversations/api/conversation-participant-resource; error dictionary 50407 to 50444. Loop-confined.</remarks>
internal sealed class ParticipantAddresses(Func<AccountSid, string, bool> owns, Func<AccountSid, string, bool> hasSender)
{
    private const string Address = "MessagingBinding.Address";
    private const string Proxy = "MessagingBinding.ProxyAddress";
    private const string Projected = "MessagingBinding.ProjectedAddress";

    // E.164 section 6.
    private const int MaxDigits = 15;

    // Error dictionary 50408.
    private const int MaxProxy = 256;

    private static readonly string[] Channels = ["whatsapp", "rcs", "messenger"];

    /// <summary>What is wrong with the addresses of a participant to be, or null.</summary>
    public TwilioError? Fault(AccountSid account, FormValues form)
    {
        var hasIdentity = form["Identity"] is { Length: > 0 };
        if (!form.Has(Address) && !form.Has(Proxy))
        {
            if (form[Projected] is { Length: > 0 } projected) return owns(account, projected) ? null : ErrorCodes.Error(50439);
            // The words as an account met them (github.com/twilio/twilio-csharp/issues/661).
            return hasIdentity ? null : ErrorCodes.Error(50204, "Identity not provided");
        }
        if (hasIdentity) return ErrorCodes.Error(50211);
        if (form[Address] is not { Length: > 0 } address) return ErrorCodes.Error(50411);
        if (ChannelOf(address) is not { } channel) return ErrorCodes.Error(50407);
        if (form[Projected] is { Length: > 0 })
        {
            return ErrorCodes.Error(50407, "a participant has an Address or a ProjectedAddress, not both");
        }
        // A phone of a group: it has no number of its own to write to.
        if (!form.Has(Proxy)) return null;
        return FaultOfProxy(account, form[Proxy]!, address, channel);
    }

    /// <summary>
    /// What is wrong with another proxy, projected address or identity for a participant who is there, or null; the text <c>null</c> takes
    /// an address away.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="form">The changes.</param>
    /// <param name="now">How the participant is.</param>
    public TwilioError? FaultOfChange(AccountSid account, FormValues form, Document now) =>
        FaultOfNewProxy(account, form[Proxy], now) ?? FaultOfNewProjected(account, form[Projected], now)
            ?? FaultOfNewIdentity(form["Identity"], now);

    private TwilioError? FaultOfNewProxy(AccountSid account, string? proxy, Document now)
    {
        if (proxy is null) return null;
        if (proxy == "null") return ConversationBook.Binding(now, "proxy_address") is null ? ErrorCodes.Error(50440) : null;
        if (ConversationBook.Binding(now, "address") is { } address && ChannelOf(address) is { } channel)
        {
            return FaultOfProxy(account, proxy, address, channel);
        }
        return ChannelOf(proxy) is null ? null : ErrorCodes.Error(50441);
    }

    private TwilioError? FaultOfNewProjected(AccountSid account, string? projected, Document now)
    {
        if (projected is null) return null;
        if (projected == "null") return ConversationBook.Binding(now, "projected_address") is null ? ErrorCodes.Error(50442) : null;
        if (ConversationBook.Binding(now, "address") is not null) return ErrorCodes.Error(50443);
        return ChannelOf(projected) is null || owns(account, projected) ? null : ErrorCodes.Error(50439);
    }

    private static TwilioError? FaultOfNewIdentity(string? identity, Document now) =>
        identity is null ? null
        : ConversationBook.Binding(now, "address") is not null ? ErrorCodes.Error(50444)
        : ConversationRules.OfIdentity(identity);

    private TwilioError? FaultOfProxy(AccountSid account, string proxy, string address, string channel)
    {
        if (proxy.Length == 0) return ErrorCodes.Error(50412);
        if (proxy.Length > MaxProxy || ChannelOf(proxy) is not { } own) return ErrorCodes.Error(50408);
        if (proxy == address) return ErrorCodes.Error(50409);
        if (own != channel) return ErrorCodes.Error(50414);
        if (own == "sms") return owns(account, proxy) ? null : ErrorCodes.Error(50413);
        return hasSender(account, proxy) ? null : ErrorCodes.Error(own == "whatsapp" ? 50415 : 50413);
    }

    /// <summary><c>sms</c> for a number, else the word before the colon; null for what is no address.</summary>
    private static string? ChannelOf(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return IsNumber(address) ? "sms" : null;
        var channel = Array.Find(Channels, c => address.AsSpan(0, colon).SequenceEqual(c));
        var name = address[(colon + 1)..];
        // Agents and pages have names of their own; people of WhatsApp have numbers, and ids for who hides theirs
        // (twilio.com/en-us/changelog, WhatsApp BSUID Format in Conversations).
        return channel is null || name.Length == 0 || (channel == "whatsapp" && !IsNumber(name) && !ChannelAddress.IsScopedId(name))
            ? null : channel;
    }

    private static bool IsNumber(string text) =>
        text.Length is >= 3 and <= MaxDigits + 1 && text[0] == '+' && text[1] != '0' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
