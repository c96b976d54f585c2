using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.ConnectApps;

/// <summary>Connect apps by account, and those authorized by account.</summary>
/// <remarks>
/// Neither is created by REST: an app is made in the Console and authorized by a person in a browser, so both come from the
/// config. Nobody deauthorizes here, so no deauthorize callback is ever due. Loop-confined.
/// </remarks>
public sealed class ConnectAppBook
{
    private static readonly TableKey<ConnectApp> AppsTable = new("connect_apps", ConnectApp.Form);
    private static readonly TableKey<ConnectApp> AuthorizedTable = new("authorized_connect_apps", ConnectApp.Form);

    private readonly World _world;

    internal ConnectAppBook(World world) => _world = world;

    internal IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("ListConnectApp", request => List(AppsTable, request)),
        ("FetchConnectApp", request => Find(AppsTable, request, "Sid") is { } app ? Answer.Of(app) : Answer.NotFound(request)),
        ("UpdateConnectApp", Update),
        ("DeleteConnectApp", Delete),
        ("ListAuthorizedConnectApp", request => List(AuthorizedTable, request)),
        (
            "FetchAuthorizedConnectApp",
            request => Find(AuthorizedTable, request, "ConnectAppSid") is { } app ? Answer.Of(app) : Answer.NotFound(request)),
    ];

    /// <summary>A SID for an app that has none.</summary>
    internal string NewSid() => _world.Sids.New("CN");

    /// <summary>Brings an app in.</summary>
    public void Add(ConnectApp app, long cause = 0) =>
        _world.Store.Put(
            app.IsAuthorization ? AuthorizedTable : AppsTable, app.Account, app,
            app.IsAuthorization ? ConnectAppEntries.Authorized : ConnectAppEntries.Created, cause);

    private Answer List(TableKey<ConnectApp> table, RestRequest request) =>
        new Answer.List(after => _world.Store.Table(table, request.Account).NewestFirst(after).Select(app => (app.Sid, (IFace)app)));

    private ConnectApp? Find(TableKey<ConnectApp> table, RestRequest request, string name) =>
        _world.Store.Table(table, request.Account).Find(request.PathValues[name]);

    private Answer Update(RestRequest request)
    {
        if (Find(AppsTable, request, "Sid") is not { } app) return Answer.NotFound(request);
        var form = request.Form;
        var permissions = form.Has("Permissions") ? form.All("Permissions").Where(p => p.Length > 0).ToList() : app.Permissions;
        if (permissions.FirstOrDefault(p => p is not ("get-all" or "post-all")) is { } wrong)
        {
            return Answer.Refuse(20001, $"Invalid Permissions: '{wrong}' is not one of get-all, post-all");
        }
        var updated = app with
        {
            AuthorizeRedirectUrl = form["AuthorizeRedirectUrl"] ?? app.AuthorizeRedirectUrl,
            CompanyName = form["CompanyName"] ?? app.CompanyName,
            DeauthorizeCallbackMethod = form["DeauthorizeCallbackMethod"] is { Length: > 0 } method
                ? method.ToUpperInvariant()
                : app.DeauthorizeCallbackMethod,
            DeauthorizeCallbackUrl = form["DeauthorizeCallbackUrl"] ?? app.DeauthorizeCallbackUrl,
            Description = form["Description"] ?? app.Description,
            FriendlyName = form["FriendlyName"] ?? app.FriendlyName,
            HomepageUrl = form["HomepageUrl"] ?? app.HomepageUrl,
            Permissions = permissions,
        };
        _world.Store.Put(AppsTable, request.Account, updated, ConnectAppEntries.Updated, request.Cause);
        return Answer.Of(updated);
    }

    private Answer Delete(RestRequest request)
    {
        if (Find(AppsTable, request, "Sid") is not { } app) return Answer.NotFound(request);
        _world.Store.Remove(AppsTable, request.Account, app.Sid, ConnectAppEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }
}
