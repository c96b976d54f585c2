using System.Globalization;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>Webhooks that are held before they go out: which, what is held, and how each goes on.</summary>
internal static class BreakpointCalls
{
    private const int SmallestStatus = 100;
    private const int LargestStatus = 599;

    /// <summary><c>GET /breakpoint</c>: the rule, null for none, and the ids of what is held.</summary>
    public static async Task<ControlAnswer?> GetAsync(ControlRequest request) =>
        Show(await request.TurnAsync(() => request.House.Breakpoint));

    /// <summary>
    /// <c>PUT /breakpoint {"hold": "next" | "every" | "none", "url"?, "purpose"?}</c>; <c>none</c> sends on what is held.
    /// </summary>
    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        var rule = await request.BodyAsync(body =>
        {
            var hold = body.NeedText(
                "hold", w => w is "next" or "every" or "none" ? null : $"what is held is next, every or none, not \"{w}\"");
            var (url, purpose) = (body.Text("url", Words.NonEmpty), body.Text("purpose", w => WebhookCalls.Stranger(request, w)));
            return hold is "next" or "every" ? new ControlBreakRule(url, purpose, hold == "next") : null;
        });
        return Show(await request.TurnAsync(() =>
        {
            request.House.HoldWebhooks(rule);
            return request.House.Breakpoint;
        }));
    }

    /// <summary><c>POST /webhooks/{id}/send</c>: a held webhook goes to the app.</summary>
    public static async Task<ControlAnswer?> SendAsync(ControlRequest request)
    {
        await request.BodyAsync(_ => true);
        return await LetGoAsync(request, null);
    }

    /// <summary><c>POST /webhooks/{id}/answer {"status"?: 200, "content_type"?: "text/xml", "body"?: ""}</c>: in the app's place.</summary>
    public static async Task<ControlAnswer?> AnswerAsync(ControlRequest request) =>
        await LetGoAsync(request, await request.BodyAsync(body => new ControlHandAnswer(
            (int?)body.Whole("status", SmallestStatus, LargestStatus) ?? 200, body.Text("content_type", Words.NonEmpty) ?? "text/xml",
            body.Text("body") ?? "")));

    private static async Task<ControlAnswer?> LetGoAsync(ControlRequest request, ControlHandAnswer? answer)
    {
        var id = WebhookCalls.IdOf(request);
        if (await request.TurnAsync(() => request.House.LetGo(id, answer))) return ControlAnswer.Ok(json => json.WriteNumber("id", id));
        return request.World.Journal.Find(id) is { Kind: "webhook.sent" }
            ? ControlAnswer.Problem(409, string.Create(CultureInfo.InvariantCulture, $"the webhook {id} is not held (any more)"))
            : WebhookCalls.NoSuchWebhook(id);
    }

    private static ControlAnswer Show(ControlBreakpoint breakpoint) => ControlAnswer.Ok(json =>
    {
        json.WriteString("hold", breakpoint.Rule is null ? "none" : breakpoint.Rule.IsOnce ? "next" : "every");
        json.WriteString("url", breakpoint.Rule?.Url);
        json.WriteString("purpose", breakpoint.Rule?.Purpose);
        json.WriteStartArray("held");
        foreach (var id in breakpoint.Held) json.WriteNumberValue(id);
        json.WriteEndArray();
    });
}
