namespace TwilioEmu.Console.Control;

/// <summary>What there is below <c>/_emu/v1</c>: for who asks the bare address, and for programs.</summary>
internal static class IndexCalls
{
    private static readonly Lazy<ControlAnswer> Document = new(static () => new ControlAnswer(200, "application/json", OpenApi.Write()));

    public static Task<ControlAnswer?> ListAsync(ControlRequest request) => Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
    {
        json.WriteString("docs", "docs/control-api.md");
        json.WriteString("openapi", ControlRoom.Prefix + "/openapi.json");
        json.WriteStartArray("calls");
        foreach (var call in ControlCalls.All)
        {
            json.WriteStartObject();
            json.WriteString("method", call.Method);
            json.WriteString("path", ControlRoom.Prefix + call.Template);
            json.WriteString("does", call.Does);
            json.WriteBoolean("built", call.IsBuilt);
            if (call.NoMethod is { } why) json.WriteString("no_method", why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    public static Task<ControlAnswer?> OpenApiAsync(ControlRequest request) => Task.FromResult<ControlAnswer?>(Document.Value);
}
