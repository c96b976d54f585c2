namespace TwilioEmu.Console.Control;

/// <summary>What there is below <c>/_emu/v1</c>, for who asks the bare address.</summary>
internal static class IndexCalls
{
    /// <summary><c>{"calls":[{"method":"GET","path":"/_emu/v1/handsets/{}"}]}</c>; <c>{}</c> stands for a value, <c>{**}</c> for the rest of a path.</summary>
    public static ControlAnswer Of(IReadOnlyList<Route> routes) => ControlAnswer.Ok(json =>
    {
        json.WriteString("docs", "docs/control-api.md");
        json.WriteStartArray("calls");
        foreach (var route in routes)
        {
            json.WriteStartObject();
            json.WriteString("method", route.Method);
            json.WriteString("path", ControlRoom.Prefix + route.Pattern.Replace("**", "{**}", StringComparison.Ordinal).Replace("/*", "/{}", StringComparison.Ordinal));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
