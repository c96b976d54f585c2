using System.Text.Json;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>A REST step: asks as an account and looks at the answer.</summary>
internal sealed class RestClaim(IStoryHands hands)
{
    /// <summary>The answer's JSON (undefined when it has none), and what is wrong with it.</summary>
    public async Task<(JsonElement Answer, Problem? Problem)> AskAsync(Step.Asks asks, CancellationToken cancellation)
    {
        var asker = AskerOf(asks.As);
        var path = asks.Path.StartsWith('/') ? asks.Path : Relative(asker, asks.Path);
        var reply = await hands.AskAsync(asker, asks.Method, path, asks.Form, cancellation);
        var body = reply.ToJson();
        var isStatusRight = asks.Status is { } status ? reply.Status == status : reply.Status is >= 200 and < 300;
        if (!isStatusRight)
        {
            var why = reply.ToErrorText() is { Length: > 0 } error ? $": {error}" : "";
            return (body, new Problem($"answered {reply.Status}, not {asks.Status?.ToString() ?? "2xx"}{why}", [reply.ToShortText()]));
        }
        var differences = asks.Body?.Differences("", body).ToList() ?? [];
        return (
            body,
            differences.Count == 0
                ? null
                : new Problem($"the answer is not as wanted: {string.Join("; ", differences)}", [reply.ToShortText()]));
    }

    private StoryAccount AskerOf(string? name)
    {
        if (hands.Accounts.Count == 0) throw new StoryException("there is no account to ask as");
        if (name is null) return hands.Accounts[0];
        var known = hands.Accounts.Select(a => a.FriendlyName).Where(n => n.Length > 0);
        return hands.Accounts.FirstOrDefault(a => a.Sid == name || a.FriendlyName == name)
            ?? throw new StoryException($"no account is called \"{name}\"{Spelling.Hint(name, known)}");
    }

    /// <summary><c>Messages/SM123</c> under the account, the format named before the query.</summary>
    private static string Relative(StoryAccount asker, string path)
    {
        var (resource, query) = path.Split('?', 2) is [var r, var q] ? (r, "?" + q) : (path, "");
        var format = resource.EndsWith(".json", StringComparison.Ordinal) ? "" : ".json";
        return $"/2010-04-01/Accounts/{asker.Sid}/{resource}{format}{query}";
    }
}
