using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Conversations;

/// <summary>The webhooks of conversations: asked before something happens, told after it did.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/conversations-webhooks. A service's own settings silence the account's;
/// those of one conversation come besides, and are told only. Only the events that are filtered for are sent.
/// </remarks>
internal sealed class ConversationHooks(Floor floor, ConversationBook book)
{
    // The same page: after that what was asked about goes on unchanged.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CallbackLanes _lanes = floor.NewLanes();

    /// <summary>What the app said before something happens.</summary>
    /// <param name="IsRefused">It must not happen.</param>
    /// <param name="Changes">What is to be otherwise, by name; empty for nothing.</param>
    /// <param name="Entry">Seq of the exchange, or of what it was asked about.</param>
    public sealed record Word(bool IsRefused, IReadOnlyDictionary<string, string> Changes, long Entry);

    /// <summary>True where the app wants to be asked before such events.</summary>
    public bool Asks(AccountSid account, string service, string type) =>
        Setting(account, service) is { } setting && setting["pre_webhook_url"] is { Length: > 0 } && Takes(setting["filters"], type);

    /// <summary>Asks the app before something happens; who is not set up says nothing.</summary>
    public async Task<Word> AskAsync(
        AccountSid account, string service, string subject, string type, IEnumerable<KeyValuePair<string, string?>> parameters, long cause)
    {
        var nothing = new Word(false, new Dictionary<string, string>(), cause);
        if (Setting(account, service) is not { } setting || setting["pre_webhook_url"] is not { Length: > 0 } url
            || !Takes(setting["filters"], type))
        {
            return nothing;
        }
        var request = RequestOf(account, subject, type, url, setting["method"], parameters, WebhookPurpose.ConversationPre, cause);
        WebhookAnswer answer;
        try
        {
            answer = await floor.Letterbox.SendAsync(request, floor.World.Ending)
                .WaitAsync(Patience, floor.World.Clock, floor.World.Ending);
        }
        catch (TimeoutException)
        {
            Alert(account, subject, 50076, $"{type}: no answer within {Patience.TotalSeconds:0} s", url, cause);
            return nothing;
        }
        if (answer.Status is >= 400)
        {
            Alert(account, subject, 50056, $"{type} was refused with {answer.Status}", url, answer.Entry);
            return new Word(true, new Dictionary<string, string>(), answer.Entry);
        }
        if (!answer.IsUsable)
        {
            Alert(account, subject, 50057, $"{type}: {answer.ErrorMessage}", url, answer.Entry);
            return nothing with { Entry = answer.Entry };
        }
        return new Word(false, ChangesOf(answer), answer.Entry);
    }

    /// <summary>Tells the app that something has happened.</summary>
    /// <param name="key">Where.</param>
    /// <param name="type"><c>onMessageAdded</c>.</param>
    /// <param name="parameters">Absent ones are null and left out.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public void Tell(ConversationKey key, string type, IReadOnlyList<KeyValuePair<string, string?>> parameters, long cause)
    {
        if (Setting(key.Account, key.Service) is { } setting && setting["post_webhook_url"] is { Length: > 0 } url
            && Takes(setting["filters"], type))
        {
            _lanes.Enqueue(
                key.Sid,
                RequestOf(key.Account, key.Sid, type, url, setting["method"], parameters, WebhookPurpose.ConversationCallback, cause));
        }
        foreach (var scoped in book.Webhooks(key).OldestFirst().ToList()) TellOne(key, scoped, type, parameters, cause);
    }

    /// <summary>Tells one webhook of a conversation, where it takes such events.</summary>
    public void TellOne(
        ConversationKey key, Document scoped, string type, IReadOnlyList<KeyValuePair<string, string?>> parameters, long cause)
    {
        using var json = JsonText.Parse(scoped["configuration"] ?? "{}");
        if (JsonText.Member(json.RootElement, "url") is not { Length: > 0 } own
            || !IsMeant(scoped["target"], json.RootElement, type, parameters))
        {
            return;
        }
        _lanes.Enqueue(
            key.Sid,
            RequestOf(
                key.Account, key.Sid, type, own, JsonText.Member(json.RootElement, "method"), parameters,
                WebhookPurpose.ConversationCallback, cause));
    }

    private Document? Setting(AccountSid account, string service) =>
        book.WebhookSetting(account, service) is { } own
            && (own["pre_webhook_url"] is { Length: > 0 } || own["post_webhook_url"] is { Length: > 0 })
            ? own
            : book.WebhookSetting(account);

    private WebhookRequest RequestOf(
        AccountSid account, string subject, string type, string url, string? method,
        IEnumerable<KeyValuePair<string, string?>> parameters, WebhookPurpose purpose, long cause) => new()
        {
            Account = account,
            Url = url,
            Method = string.Equals(method, "get", StringComparison.OrdinalIgnoreCase) ? "GET" : "POST",
            // By name, as live bodies have them.
            Parameters =
            [
                .. parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, p.Value!))
                    .Append(new("AccountSid", account.Value)).Append(new("EventType", type)).Append(new("RetryCount", "0"))
                        .OrderBy(p => p.Key, StringComparer.Ordinal),
            ],
            Subject = subject,
            Purpose = purpose,
            Cause = cause,
        };

    private void Alert(AccountSid account, string subject, int code, string message, string url, long cause) =>
        new Alert
        {
            Code = code,
            Level = AlertLevel.Warning,
            Message = message,
            Url = url,
        }.Raise(floor.World.Journal, account, subject, cause);

    private static Dictionary<string, string> ChangesOf(WebhookAnswer answer)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (answer.Body.Length == 0 || answer.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return changes;
        }
        try
        {
            using var json = JsonText.Parse(Encoding.UTF8.GetString(answer.Body.Span));
            if (json.RootElement.ValueKind != JsonValueKind.Object) return changes;
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null) changes[member.Name] = member.Value.ToString();
            }
        }
        catch (JsonException)
        {
            // Goes through unchanged, as what is no JSON at all does.
        }
        return changes;
    }

    /// <summary>A webhook of one conversation takes the events it filters for; a trigger the messages that have one of its words.</summary>
    private static bool IsMeant(
        string? target, JsonElement configuration, string type, IReadOnlyList<KeyValuePair<string, string?>> parameters)
    {
        if (target == "webhook") return configuration.TryGetProperty("filters", out var filters) && Takes(filters.GetRawText(), type);
        if (target != "trigger" || type != "onMessageAdded" || !configuration.TryGetProperty("triggers", out var triggers)
            || triggers.ValueKind != JsonValueKind.Array)
        {
            return false;
        }
        var body = parameters.FirstOrDefault(p => p.Key == "Body").Value ?? "";
        return triggers.EnumerateArray()
            .Any(t => t.GetString() is { Length: > 0 } word && body.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Takes(string? filters, string type)
    {
        if (string.IsNullOrEmpty(filters)) return false;
        using var json = JsonText.Parse(filters);
        return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().Any(f => f.GetString() == type);
    }
}
