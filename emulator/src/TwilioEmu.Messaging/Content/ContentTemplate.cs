using System.Text.Json;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Content;

/// <summary>A content template as sending reads it: its stored resource, typed.</summary>
/// <remarks>twilio.com/docs/content/content-api-resources.</remarks>
internal sealed class ContentTemplate
{
    /// <summary>Where the one variable of an authentication template is put for its words: it has no text of its own to stand in.</summary>
    public const string CodeMember = "{code}";

    private readonly JsonElement _types;
    private readonly JsonElement _defaults;

    /// <param name="stored">The resource.</param>
    /// <param name="approval">WhatsApp's word on it.</param>
    public ContentTemplate(Document stored, string approval)
    {
        (Stored, Approval) = (stored, approval);
        _types = Element(stored["types"]);
        _defaults = Element(stored["variables"]);
    }

    public Document Stored { get; }

    public string Sid => Stored.Key;

    /// <summary>Its types, as the API has them.</summary>
    public JsonElement Types => _types;

    /// <summary>Values where a message gives none.</summary>
    public JsonElement Defaults => _defaults;

    /// <summary>
    /// WhatsApp's word on it: <c>unsubmitted</c>, <c>received</c>, <c>pending</c>,
    /// <c>approved</c>, <c>rejected</c>, <c>paused</c>, <c>disabled</c>.
    /// </summary>
    public string Approval { get; }

    /// <summary>The names of its types, the plainest first.</summary>
    public IEnumerable<string> TypeNames => ContentTypes.All.Select(t => t.Name).Where(n => Content(n) is not null);

    /// <summary>True where some of its types carry media.</summary>
    public bool HasMedia =>
        TypeNames.Any(n =>
            Content(n)!.Value.TryGetProperty("media", out var media) && media is { ValueKind: JsonValueKind.Array }
                && media.GetArrayLength() > 0);

    /// <summary>The richest type that a channel shows; null for none. SMS is <c>sms</c>, or <c>mms</c> where media can go.</summary>
    public string? TypeFor(string? channel, bool takesMedia = true)
    {
        string? best = null;
        foreach (var type in ContentTypes.All)
        {
            if (Content(type.Name) is null) continue;
            if (type.Channels.Contains(channel ?? ContentTypes.Sms)
                || (channel is null && takesMedia && type.Channels.Contains(ContentTypes.Mms)))
            {
                best = type.Name;
            }
        }
        return best;
    }

    /// <summary>True when every place of every type is well formed and has a value.</summary>
    /// <remarks>
    /// An authentication template takes the code and nothing else: another variable beside it is refused
    /// (github.com/stellar/stellar-disbursement-platform-backend/pull/974).
    /// </remarks>
    public bool IsFilledBy(ContentOrder order)
    {
        foreach (var name in TypeNames)
        {
            if (name == "whatsapp/authentication" && (CodeOf(order) is null || order.Variables.Count > 1)) return false;
            if (Placeholders.NamesIn(Content(name)!.Value) is not { } places || places.Any(p => ValueOf(order, p) is null)) return false;
        }
        return true;
    }

    /// <summary>What the template comes to on a channel; null where none of its types is shown there.</summary>
    /// <param name="order">Values; <see cref="IsFilledBy"/> holds for it.</param>
    /// <param name="channel">Null for SMS.</param>
    /// <param name="takesMedia">Whether SMS may become MMS.</param>
    public RenderedContent? Render(ContentOrder order, string? channel, bool takesMedia = true)
    {
        if (TypeFor(channel, takesMedia) is not { } name) return null;
        var content = Content(name)!.Value;
        if (name == "whatsapp/authentication") content = WithCode(content, CodeOf(order) ?? "");
        var rendered = ContentTypes.Find(name)!.Render(Placeholders.Fill(content, p => ValueOf(order, p) ?? ""));
        return rendered.Shown is null ? rendered : rendered with { Shown = rendered.Shown with { IsTemplate = Approval == "approved" } };
    }

    private JsonElement? Content(string type) =>
        _types.ValueKind == JsonValueKind.Object && _types.TryGetProperty(type, out var content)
            && content.ValueKind == JsonValueKind.Object
            ? content
            : null;

    private string? ValueOf(ContentOrder order, string name) =>
        order.Variables.GetValueOrDefault(name) ?? (JsonText.Member(_defaults, name) is { Length: > 0 } value ? value : null);

    /// <summary>The one-time passcode: the variable <c>1</c>, or the only one there is.</summary>
    private string? CodeOf(ContentOrder order) =>
        ValueOf(order, "1") ?? (order.Variables.Count == 1 ? order.Variables.Values.First() : null);

    private static JsonElement WithCode(JsonElement content, string code)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var member in content.EnumerateObject()) member.WriteTo(json);
            json.WriteString(CodeMember, code);
            json.WriteEndObject();
        }
        using var whole = JsonText.Parse(bytes.ToArray());
        return whole.RootElement.Clone();
    }

    private static JsonElement Element(string? text)
    {
        using var json = JsonText.Parse(text is { Length: > 0 } ? text : "{}");
        return json.RootElement.Clone();
    }
}
