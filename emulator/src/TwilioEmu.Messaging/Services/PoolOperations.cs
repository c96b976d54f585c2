using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Services;

/// <summary>Who may join a Messaging Service's pool, and what its settings may be.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/phonenumber-resource and its siblings; the resources themselves are stored ones. Loop-confined.
/// </remarks>
internal sealed class PoolOperations(ServiceBook services, NumberBook numbers, StoredDocuments stored)
{
    /// <summary>21714 (twilio.com/docs/messaging/services).</summary>
    private const int MaxSenders = 400;

    // twilio.com/docs/messaging/api/service-resource.
    private static readonly string[] Usecases = ["notifications", "marketing", "verification", "discussion", "poll", "undeclared"];

    private readonly StoredCollection _channels = stored.Of("messaging_v2", "/v2/Channels/Senders");

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("messaging_v1/CreateService", Settle),
        ("messaging_v1/UpdateService", Settle),
        ("messaging_v1/CreatePhoneNumber", (request, stored) => AddNumber(request, stored, "PhoneNumberSid", "phone_number")),
        ("messaging_v1/CreateShortCode", (request, stored) => AddNumber(request, stored, "ShortCodeSid", "short_code")),
        ("messaging_v1/CreateAlphaSender", AddName),
        ("messaging_v1/CreateDestinationAlphaSender", AddName),
        ("messaging_v1/CreateChannelSender", AddChannel),
    ];

    private static Answer Settle(RestRequest request, Behaviour stored)
    {
        if (request.Form["Usecase"] is { Length: > 0 } usecase && !Usecases.Contains(usecase))
        {
            return Answer.Refuse(21713, $"Messaging Service Use Case is Invalid: {usecase}");
        }
        if (request.Form["ValidityPeriod"] is { Length: > 0 } period
            && (!int.TryParse(period, out var seconds) || seconds < 1 || seconds > MessageExtras.MaxValidity.TotalSeconds))
        {
            return Answer.Refuse(
                21624, $"Invalid validity period value: {period}; it is 1 to {MessageExtras.MaxValidity.TotalSeconds} seconds");
        }
        return stored(request);
    }

    private Answer AddNumber(RestRequest request, Behaviour stored, string parameter, string property)
    {
        if (ServiceOf(request) is not { } service) return stored(request);
        var sid = request.Form[parameter] ?? "";
        if (numbers.FindBySid(request.Account, sid) is not { } number)
        {
            return Answer.NotFound(request with { Path = $"{request.Path}/{sid}" });
        }
        if (Conflict(request.Account, service, sid) is { } conflict) return conflict;
        if (!number.IsSmsCapable)
        {
            return Answer.Refuse(21715, $"Phone Number Does Not Have Correct Messaging Service Capabilities: {number.Number}");
        }
        if (services.PoolOf(request.Account, service).Count >= MaxSenders)
        {
            return new Answer.Refusal(PoolIsFull);
        }
        (string Word, bool Has)[] capabilities =
        [
            ("SMS", number.IsSmsCapable), ("MMS", number.IsMmsCapable), ("Voice", number.IsVoiceCapable),
        ];
        return stored(request.With(new JsonObject
        {
            [property] = number.Number,
            ["country_code"] = number.Country,
            ["capabilities"] = new JsonArray([.. capabilities.Where(c => c.Has).Select(c => (JsonNode)c.Word)]),
        }));
    }

    private Answer AddName(RestRequest request, Behaviour stored)
    {
        if (ServiceOf(request) is not { } service) return stored(request);
        var name = request.Form["AlphaSender"] ?? "";
        if (name.Length == 0) return stored(request);
        if (!AlphanumericName.IsValid(name))
        {
            return Answer.Refuse(21709, $"Alpha Sender ID is Invalid or Not Authorized for this Messaging Service: {name}");
        }
        var country = request.Form["IsoCountryCode"];
        var pool = services.PoolOf(request.Account, service);
        if (pool.Senders.Any(s => s.Kind == PoolKind.Alphanumeric && s.Address == name && (s.Country ?? "") == (country ?? "")))
        {
            return new Answer.Refusal(AlreadyHere);
        }
        return pool.Count >= MaxSenders
            ? new Answer.Refusal(PoolIsFull)
            : stored(request.With(new JsonObject { ["capabilities"] = new JsonArray("SMS") }));
    }

    private Answer AddChannel(RestRequest request, Behaviour stored)
    {
        if (ServiceOf(request) is not { } service) return stored(request);
        var sid = request.Form["Sid"] ?? "";
        if (_channels.In(request.Account).Find(sid) is not { } channel)
        {
            return Answer.NotFound(request with { Path = $"{request.Path}/{sid}" });
        }
        if (Conflict(request.Account, service, sid) is { } conflict) return conflict;
        var address = channel["sender_id"] ?? "";
        return stored(request.With(new JsonObject
        {
            ["sender"] = address,
            ["sender_type"] = address.Split(':')[0] switch { "whatsapp" => "WhatsApp", "rcs" => "RCS", _ => "Messenger" },
        }));
    }

    /// <summary>409: it is here already, or in another service (observed bodies; twilio.com/docs/api/errors/21710, 21712).</summary>
    private Answer? Conflict(AccountSid account, string service, string sender) => services.ServiceSidOf(account, sender) switch
    {
        null => null,
        var other when other == service => new Answer.Refusal(AlreadyHere),
        _ => new Answer.Refusal(new TwilioError(21712, 409, "Phone Number or Short Code is associated with another Messaging Service.")),
    };

    /// <summary>412, as the live API answers (mozilla/fx-private-relay#2709).</summary>
    private static TwilioError PoolIsFull => new(21714, 412, "Number Pool size limit reached");

    private static TwilioError AlreadyHere => new(21710, 409, "Phone Number or Short Code is already in the Messaging Service.");

    private string? ServiceOf(RestRequest request)
    {
        var sid = request.PathValues.TryGetValue("ServiceSid", out var named) ? named : request.PathValues["MessagingServiceSid"];
        return services.Find(request.Account, sid)?.Sid;
    }
}
