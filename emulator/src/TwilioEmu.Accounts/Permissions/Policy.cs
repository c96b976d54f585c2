using System.Text.Json;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.Permissions;

/// <summary>
/// What a restricted key or an OAuth app may do: a list of permissions allowed, and one of those that are not all the same.
/// </summary>
/// <remarks>
/// twilio.com/docs/iam/api-keys/restricted-api-keys; <c>{"allow":["/twilio/messaging/messages/read","/twilio/voice/calls/*"]}</c>.
/// </remarks>
public sealed record Policy(IReadOnlyList<string> Allow, IReadOnlyList<string> Deny)
{
    // twilio.com/docs/iam/api-keys/restricted-api-keys.
    private const int MaxPermissions = 100;

    internal static Policy Walk(Policy? r, Members m) => new(m.Texts("allow", r?.Allow), m.Texts("deny", r?.Deny));

    public static Policy Nothing { get; } = new([], []);

    /// <summary>What is wrong with its permissions, or null: one is none, or there are too many.</summary>
    public string? Fault() => Fault([.. Allow, .. Deny])?.Message;

    /// <summary>Reads a policy from a form's text.</summary>
    public static Policy? Read(string text, out TwilioError? refusal)
    {
        try
        {
            using var json = JsonText.Parse(text);
            return Read(json.RootElement, out refusal);
        }
        catch (JsonException)
        {
            refusal = ErrorCodes.Error(70002, "Policy is not JSON");
            return null;
        }
    }

    /// <summary>Reads a policy from a JSON body. Wrong permissions are 70002 as observed; other faults are so by inference.</summary>
    public static Policy? Read(JsonElement json, out TwilioError? refusal)
    {
        refusal = null;
        if (json.ValueKind != JsonValueKind.Object || !TryList(json, "allow", out var allow) || !TryList(json, "deny", out var deny))
        {
            refusal = ErrorCodes.Error(70002, "Policy must be an object with a list of permissions: {\"allow\":[...]}");
            return null;
        }
        refusal = Fault([.. allow, .. deny]);
        return refusal is null ? new Policy(allow, deny) : null;
    }

    /// <summary>True when a permission is among the allowed, and not among the denied.</summary>
    public bool Permits(string permission) => Names(Allow, permission) && !Names(Deny, permission);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("allow");
        foreach (var permission in Allow) json.WriteStringValue(permission);
        json.WriteEndArray();
        if (Deny.Count > 0)
        {
            json.WriteStartArray("deny");
            foreach (var permission in Deny) json.WriteStringValue(permission);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static bool Names(IReadOnlyList<string> permissions, string wanted)
    {
        foreach (var permission in permissions)
        {
            if (permission == wanted) return true;
            if (permission.EndsWith("/*", StringComparison.Ordinal) && wanted.StartsWith(permission[..^1], StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static TwilioError? Fault(IReadOnlyList<string> permissions)
    {
        foreach (var permission in permissions)
        {
            if (!Permission.IsKnown(permission)) return ErrorCodes.Error(70002, $"assertion '{permission}' is invalid");
        }
        return permissions.Count > MaxPermissions ? ErrorCodes.Error(70001) : null;
    }

    private static bool TryList(JsonElement json, string name, out List<string> list)
    {
        list = [];
        if (!json.TryGetProperty(name, out var items) || items.ValueKind == JsonValueKind.Null) return true;
        if (items.ValueKind != JsonValueKind.Array) return false;
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return false;
            list.Add(item.GetString()!);
        }
        return true;
    }
}
