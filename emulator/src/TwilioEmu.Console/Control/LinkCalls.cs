using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>The owner of a phone follows a link in a text.</summary>
internal static class LinkCalls
{
    /// <summary><c>POST /handsets/NUMBER/clicks {"url"}</c>: where a short link leads; the app is told of the click.</summary>
    public static async Task<ControlAnswer?> ClickAsync(ControlRequest request)
    {
        var url = await request.BodyAsync(body => body.NeedText("url", Words.NonEmpty));
        var code = url.TrimEnd('/').Split('/')[^1];
        var target = await request.TurnAsync(() => request.House.Click(code, "TwilioEmu handset"));
        return target is null
            ? ControlAnswer.Problem(404, $"{url} is no short link of this world")
            : ControlAnswer.Ok(json => json.WriteString("location", target));
    }
}
