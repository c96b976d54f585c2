using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Segments;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>What a create asks for, read from the form and checked as far as the form alone can tell.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/message-resource. The order of the checks is inferred: who, what, then how; the checks that
/// need the world (ownership, room in the queue) follow in <see cref="MessageCreate"/>.
/// </remarks>
internal sealed record MessageForm(string To, string From, bool IsAlphanumericSender, string Body, int SegmentCount, MessageOptions Options)
{
    /// <summary>The Messaging Service that chooses the sender; null for none.</summary>
    public string? ServiceSid { get; init; }

    /// <summary>When it is to be sent; null for now.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The template it is made from; null for none.</summary>
    public ContentOrder? Content { get; init; }

    /// <summary>True where it is addressed by a person's id, and <see cref="To"/> has the number behind it.</summary>
    public bool IsById { get; init; }

    /// <summary>What the message has as its To where that is not the number; null for the number.</summary>
    public string? ShownTo { get; init; }

    /// <summary>What its channel shows around its words.</summary>
    public RichContent? Shown { get; init; }

    /// <summary>Reads the form.</summary>
    /// <param name="form">What was sent.</param>
    /// <param name="account">Whose message: to it people of WhatsApp have ids of their own.</param>
    public static (MessageForm? Form, TwilioError? Error) Read(FormValues form, AccountSid account)
    {
        var asked = form["To"];
        var to = BusinessScopedId.WithNumber(account, asked);
        if (string.IsNullOrWhiteSpace(to)) return Fail(21604, "A 'To' phone number is required.");
        var from = form["From"];
        var service = form["MessagingServiceSid"];
        // The docs let a service's SID stand where a number would.
        if (from is ['M', 'G', ..] && SidMint.IsSid(from, "MG")) (service, from) = (from, null);
        if (string.IsNullOrWhiteSpace(from) && string.IsNullOrEmpty(service) && form["FallbackFrom"] is { Length: > 0 })
        {
            return Fail(21666, "'FallbackFrom' requires MessagingServiceSid");
        }
        if (string.IsNullOrWhiteSpace(from) && string.IsNullOrEmpty(service)) return Fail(21603, "A 'From' phone number is required.");
        var body = form["Body"] ?? "";
        var mediaUrls = MediaUrlsOf(form);
        if (CheckContent(form, body, mediaUrls) is { } missing) return (null, missing);
        if (CheckAddresses(to, from, out var toAddress, out var fromAddress, out var isAlphanumeric) is { } address) return (null, address);
        if (CheckService(form, service, out var sendAt) is { } scheduling) return (null, scheduling);
        var (options, error) = MessageOptions.Read(form, mediaUrls);
        if (error is not null) return (null, error);
        if (options!.ShortensLinks && string.IsNullOrEmpty(service))
        {
            return Fail(30124, "MessagingServiceSID cannot be empty or null: links are shortened by a Messaging Service's domain");
        }
        if (options.IsSmartEncoded) body = SmartEncoding.Apply(body);
        var content = form["ContentSid"] is { Length: > 0 } sid
            ? new ContentOrder(sid, TemplateBook.ReadVariables(form["ContentVariables"])!) : null;
        // Body and media come from the template then.
        if (content is not null) (body, options) = ("", options with { MediaUrls = [] });
        return (new MessageForm(toAddress, fromAddress, isAlphanumeric, body, Weight.Of(fromAddress, body, options.IsMms), options)
        {
            ServiceSid = string.IsNullOrEmpty(service) ? null : service,
            SendAt = sendAt,
            IsById = to != asked,
            Content = content,
            Shown = options.Place is { } place ? new RichContent { Type = "twilio/location", Place = place } : null,
        }, null);
    }

    /// <summary>The same with look-alike characters replaced.</summary>
    public MessageForm SmartlyEncoded() => WithBody(SmartEncoding.Apply(Body));

    /// <summary>The same with other words.</summary>
    public MessageForm WithBody(string body) => this with { Body = body, SegmentCount = Weight.Of(From, body, Options.IsMms) };

    /// <summary>The same with what its template comes to.</summary>
    public MessageForm Rendered(RenderedContent content) => this with
    {
        Body = content.Body,
        Options = Options with { MediaUrls = content.MediaUrls },
        Shown = content.Shown,
        SegmentCount = Weight.Of(From, content.Body, Options.SendsAsMms || content.MediaUrls.Count > 0),
    };

    /// <summary>The message as it waits to be sent.</summary>
    /// <param name="world">Names and dates it.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="status">Its first.</param>
    /// <param name="plan">What was decided about it.</param>
    public Message ToMessage(World world, AccountSid account, MessageStatus status, MessagePlan plan)
    {
        var now = world.Clock.GetUtcNow();
        return new Message
        {
            Sid = world.Sids.New(!Options.IsMms && !plan.WillHaveMedia ? "SM" : "MM"),
            Account = account,
            From = plan.From,
            To = ShownTo ?? To,
            Body = Body,
            Direction = MessageDirection.OutboundApi,
            Status = status,
            // Counted when its sender is known (twilio.com/docs/messaging/api/message-resource).
            SegmentCount = plan.From.Length == 0 ? 0 : SegmentCount,
            Created = now,
            Updated = now,
            Extras = Options.ToExtras(plan, SendAt, world.Sids) is var extras && Content is null && Shown is null
                ? extras
                : extras with { Content = Content, Shown = Shown },
        };
    }

    private static IReadOnlyList<string> MediaUrlsOf(FormValues form) =>
        form.All("MediaUrl") is { Count: > 0 } urls ? [.. urls.Where(url => url.Length > 0)] : [];

    private static TwilioError? CheckContent(FormValues form, string body, IReadOnlyList<string> mediaUrls)
    {
        var contentSid = form["ContentSid"];
        if (!string.IsNullOrEmpty(form["ContentVariables"]))
        {
            if (string.IsNullOrEmpty(contentSid)) return TwilioError.BadRequest(21654, "ContentSid Required");
            if (TemplateBook.ReadVariables(form["ContentVariables"]) is null) return TemplateBook.InvalidVariables;
        }
        if (!string.IsNullOrEmpty(contentSid)) return SidMint.IsSid(contentSid, "HX") ? null : TemplateBook.InvalidSid(contentSid);
        // As the live API words it (twilio-php#810).
        if (body.Length == 0 && mediaUrls.Count == 0)
        {
            return TwilioError.BadRequest(21619, "A text message body or media urls must be specified.");
        }
        if (body.Length > MessageLimits.MaxBody)
        {
            return TwilioError.BadRequest(21617, "The concatenated message body exceeds the 1600 character limit");
        }
        if (mediaUrls.Count > MessageLimits.MaxMedia) return TwilioError.BadRequest(21623, "Number of media files exceeds allowed limit");
        if (mediaUrls.Count == 0) return null;
        var wrong = mediaUrls.Where(url => !MessageLimits.IsHttpUrl(url)).ToList();
        // As the live API words it (twilio-csharp#294).
        return wrong.Count == 0 ? null : TwilioError.BadRequest(
            21620, $"Media urls: {string.Join(", ", wrong)} are invalid. Please use only valid http and https urls");
    }

    private static TwilioError? CheckAddresses(
        string to, string? from, out string toAddress, out string fromAddress, out bool isAlphanumeric)
    {
        toAddress = fromAddress = "";
        isAlphanumeric = false;
        var toChannel = ChannelAddress.ChannelOf(to);
        var fromChannel = from is null ? null : ChannelAddress.ChannelOf(from);
        if (from is not null && toChannel != fromChannel)
        {
            return TwilioError.BadRequest(
                21910, $"Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel: '{from}' and '{to}'");
        }
        if (toChannel is not null) return CheckChannel(to, from, ref toAddress, ref fromAddress);
        if (SenderAddress.IsShortCode(to.Trim()))
        {
            return TwilioError.BadRequest(21265, $"'To' number cannot be a Short Code: {NumberMask.Of(to)}");
        }
        if (!NumberShape.TryNormalize(to, out toAddress)) return InvalidTo(to);
        if (from is null) return null;
        if (SenderAddress.IsShortCode(from.Trim())) fromAddress = from.Trim();
        else if (AlphanumericName.IsValid(from)) (fromAddress, isAlphanumeric) = (from, true);
        else if (!NumberShape.TryNormalize(from, out fromAddress))
        {
            return TwilioError.BadRequest(
                21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.");
        }
        return toAddress == fromAddress
            ? TwilioError.BadRequest(21266, $"'To' and 'From' number cannot be the same: {NumberMask.Of(toAddress)}") : null;
    }

    private static TwilioError? CheckChannel(string to, string? from, ref string toAddress, ref string fromAddress)
    {
        if (!SenderAddress.TryNormalizeChannel(to, isPerson: true, out toAddress)) return InvalidTo(to);
        if (from is null) return null;
        if (!SenderAddress.TryNormalizeChannel(from, isPerson: false, out fromAddress))
        {
            return TwilioError.BadRequest(21212, $"Invalid From Number (caller ID): {from}");
        }
        return toAddress == fromAddress
            ? TwilioError.BadRequest(63031, $"Channels message cannot have same 'From' and 'To': {NumberMask.Of(toAddress)}") : null;
    }

    private static TwilioError InvalidTo(string to) => TwilioError.BadRequest(21211, $"Invalid 'To' Phone Number: {NumberMask.Of(to)}");

    private static TwilioError? CheckService(FormValues form, string? service, out DateTimeOffset? sendAt)
    {
        sendAt = null;
        var (type, at) = (form["ScheduleType"], form["SendAt"]);
        if (!string.IsNullOrEmpty(type) || !string.IsNullOrEmpty(at))
        {
            if (type != "fixed")
            {
                return TwilioError.BadRequest(35126, $"The ScheduleType value provided is not supported for this channel: {type}");
            }
            if (string.IsNullOrEmpty(at)) return TwilioError.BadRequest(35111, "SendAt timestamp is missing");
            if (string.IsNullOrEmpty(service))
            {
                return TwilioError.BadRequest(35118, "MessagingServiceSid is required to schedule a message");
            }
            if (!TwilioDates.TryParse(at, out var instant, out _))
            {
                return TwilioError.BadRequest(35114, $"Scheduling does not support this timestamp: {at}");
            }
            sendAt = instant;
        }
        return string.IsNullOrEmpty(service) || SidMint.IsSid(service, "MG")
            ? null
            : TwilioError.BadRequest(21705, $"The Messaging Service is invalid: {service}");
    }

    private static (MessageForm? Form, TwilioError? Error) Fail(int code, string message) => (null, TwilioError.BadRequest(code, message));
}

/// <summary>What was decided about a message that a form asks for.</summary>
internal sealed record MessagePlan
{
    /// <summary>The sender's address; empty while a service has not chosen it.</summary>
    public string From { get; init; } = "";

    public string? ServiceSid { get; init; }

    /// <summary>Told of its way, or null.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>How long it may wait where the form says nothing of it.</summary>
    public TimeSpan Validity { get; init; } = MessageExtras.MaxValidity;

    /// <summary>True where nothing of it is among a message's extras.</summary>
    public bool IsPlain => ServiceSid is null && StatusCallback is null && Validity == MessageExtras.MaxValidity;

    /// <summary>True where its template may bring media, once its sender is chosen.</summary>
    public bool WillHaveMedia { get; init; }
}
