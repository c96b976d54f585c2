using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Heeds STOP, START and HELP before the app hears of the text.</summary>
/// <remarks>
/// help.twilio.com 223134027 and 360058144374. The change comes first, then the reply, then the webhook. Who has opted out is answered
/// nothing until START; YES opts in who was out, and is an ordinary word from anybody else (inferred). A short code by itself, or in a
/// service without Advanced Opt-Out, has no keywords. Replies are no messages of the account and cost nothing. Loop-confined.
/// </remarks>
internal sealed class KeywordDesk(World world, ServiceBook services, ConsentBook consents, Exchange exchange)
{
    /// <summary>Takes an inbound text; the word for <c>OptOutType</c> where the service has Advanced Opt-Out, else null.</summary>
    /// <param name="inbound">What came.</param>
    /// <param name="number">To which number; null for a channel's sender, which has no keywords but those of Advanced Opt-Out.</param>
    /// <param name="service">The service it is in.</param>
    /// <param name="cause">Seq of its entry.</param>
    public string? Take(Message inbound, PhoneNumber? number, MessagingService? service, long cause)
    {
        if (inbound.Extras.Media.Count > 0 || Keywords.WordOf(inbound.Body) is not { } word) return null;
        var settings = service is null ? null : world.Store.Table(OptOutSettings.Table, inbound.Account).Find(service.Sid);
        if (number is null or { Kind: NumberKind.ShortCode } && settings is null) return null;
        var network = IsNetworks(number, inbound) ? HeedNetwork(inbound, word, cause) : null;
        var found = settings is not null ? settings.Find(word, NumberPlace.Of(PersonOf(inbound)).Country) : Usual(word);
        if (found is not var (type, reply)) return null;
        var scope = services.ScopeOf(inbound.Account, inbound.To);
        var wasOut = consents.IsOptedOut(inbound.Account, scope, inbound.From);
        if (type == KeywordType.Start && word == "YES" && !wasOut && settings is null) return null;
        if (type == KeywordType.Stop && !wasOut)
        {
            cause = consents.Set(inbound.Account, scope, inbound.From, isOptedOut: true, "keyword", world.Clock.GetUtcNow(), cause);
        }
        if (type == KeywordType.Start && wasOut)
        {
            cause = consents.Set(inbound.Account, scope, inbound.From, isOptedOut: false, "keyword", world.Clock.GetUtcNow(), cause);
        }
        if (network is not null) Reply(inbound, network, word, cause);
        // The network has answered a toll-free number's STOP; of its START the service speaks as well where it has words of its own.
        var isSilent = wasOut && type != KeywordType.Start;
        if (!isSilent && (network is null || (type == KeywordType.Start && settings is not null))) Reply(inbound, reply, word, cause);
        return settings is null ? null : type.Wire();
    }

    private static (KeywordType Type, string Reply)? Usual(string word)
    {
        foreach (var (type, usual) in Keywords.Usual) if (usual == word) return (type, Keywords.ReplyTo(type));
        return null;
    }

    /// <summary>Toll-free numbers of North America, texted from there.</summary>
    private static bool IsNetworks(PhoneNumber? number, Message inbound) =>
        number?.Kind == NumberKind.TollFree && number.Number.StartsWith("+1", StringComparison.Ordinal)
            && inbound.From.StartsWith("+1", StringComparison.Ordinal);

    /// <summary>What the network answers; null for what it does not heed.</summary>
    private string? HeedNetwork(Message inbound, string word, long cause)
    {
        switch (word)
        {
            case "STOP":
                if (!consents.IsBlocked(inbound.Account, inbound.To, inbound.From))
                {
                    consents.SetBlock(inbound.Account, inbound.To, inbound.From, isBlocked: true, cause);
                }
                return "NETWORK MSG: You replied with the word \"stop\" which blocks all texts sent from this number. Text back \"unstop\" "
                    + "to receive messages again.";
            case "START" or "UNSTOP":
                if (consents.IsBlocked(inbound.Account, inbound.To, inbound.From))
                {
                    consents.SetBlock(inbound.Account, inbound.To, inbound.From, isBlocked: false, cause);
                }
                return $"NETWORK MSG: You have replied \"{word.ToLowerInvariant()}\" and will begin receiving messages again from "
                    + "this number.";
            default:
                return null;
        }
    }

    private void Reply(Message inbound, string body, string keyword, long cause)
    {
        var replied = world.Journal.Write(
            inbound.Account, ConsentEntries.Replied, inbound.Sid, cause, ("to", inbound.From), ("from", inbound.To), ("body", body),
            ("keyword", keyword));
        var person = PersonOf(inbound);
        exchange.MessageLine(person).Submit(
            new TextMessage(inbound.Account, "", inbound.To, person, body, [], replied.Seq), NoReceipts.Instance);
    }

    /// <summary>The writer's address with the number, where an id stands in its stead.</summary>
    private static string PersonOf(Message inbound) => BusinessScopedId.WithNumber(inbound.Account, inbound.From)!;
}
