using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Accounts.Permissions;

/// <summary>What an operation asks of a restricted credential.</summary>
/// <remarks>
/// twilio.com/docs/iam/api-keys/restricted-api-keys: each permission maps to endpoints of a resource. A sub-resource without a permission
/// of its own goes with the one above it (inferred); what has none at all is closed to restricted credentials, which
/// twilio.com/docs/api/errors/70051 names as a cause. Pure.
/// </remarks>
internal static class Permission
{
    private const string Namespace = "/twilio/";

    private static readonly string[] Actions = ["read", "list", "create", "update", "delete", "*"];

    private static readonly Dictionary<(string Document, string Path), string> ByPath =
        PermissionTable.Rows.ToDictionary(r => (r.Document, r.Path), r => r.Permission);

    private static readonly HashSet<string> Known = [.. PermissionTable.Rows.Select(r => r.Permission).Concat(PermissionTable.Others)];

    /// <summary>The permission of an operation, as <c>/twilio/messaging/messages/create</c>; null where there is none.</summary>
    public static string? Of(Operation operation)
    {
        var path = ListPath(operation);
        while (true)
        {
            if (ByPath.TryGetValue((operation.Document, path), out var permission))
            {
                return Namespace + (permission.Count(c => c == '/') == 2 ? permission : $"{permission}/{ActionOf(operation)}");
            }
            var slash = path.LastIndexOf('/');
            if (slash < 0) return null;
            path = path[..slash];
        }
    }

    /// <summary>True for text that names a permission, or all of a resource's: <c>/twilio/voice/calls/*</c>.</summary>
    public static bool IsKnown(string text)
    {
        if (!text.StartsWith(Namespace, StringComparison.Ordinal)) return false;
        var name = text[Namespace.Length..];
        var slash = name.LastIndexOf('/');
        return Known.Contains(name) || (slash > 0 && Known.Contains(name[..slash]) && Array.IndexOf(Actions, name[(slash + 1)..]) >= 0);
    }

    private static string ActionOf(Operation operation) => operation.Kind switch
    {
        OperationKind.Fetch => "read",
        OperationKind.List => "list",
        OperationKind.Update => "update",
        OperationKind.Delete => "delete",
        OperationKind.Action when operation.Method == "GET" => "read",
        OperationKind.Create or OperationKind.Action => "create",
        var other => throw new ArgumentOutOfRangeException(nameof(operation), other, "no action for this kind of operation"),
    };

    /// <summary>
    /// <c>/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json</c> is <c>Calls</c>, <c>/v1/Services/{Sid}</c> is <c>Services</c>.
    /// </summary>
    private static string ListPath(Operation operation)
    {
        var path = operation.Path.EndsWith(".json", StringComparison.Ordinal) ? operation.Path[..^5] : operation.Path;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.StartsWith('{') ? "{}" : s)
            .Skip(operation.IsClassic ? 3 : 1).ToList();
        if (segments.Count > 0 && segments[^1] == "{}") segments.RemoveAt(segments.Count - 1);
        return string.Join('/', segments);
    }
}
