using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>The OAuth apps of all accounts, and the access tokens they were given.</summary>
/// <remarks>Tokens are not kept: they carry what they say, signed. Loop-confined.</remarks>
public sealed class OAuthBook
{
    private static readonly TableKey<OAuthApp> AppsTable = new("oauth_apps", OAuthApp.Form);

    private readonly World _world;
    private readonly AccessTokens _tokens;

    internal OAuthBook(World world, AccountBook accounts)
    {
        _world = world;
        _tokens = new AccessTokens(world);
        Behaviours = [.. new OAuthAppOperations(this, accounts).Behaviours, .. new TokenOperations(this, accounts).Behaviours];
    }

    internal IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    internal Table<OAuthApp> Apps => _world.Store.Table(AppsTable, AccountSid.None);

    /// <summary>Makes an app for an account; its secret is in the record.</summary>
    /// <exception cref="ArgumentException">The client id is malformed or taken, or a permission is none.</exception>
    public OAuthApp Create(AccountSid account, OAuthAppSpec spec, long cause = 0)
    {
        var sid = spec.ClientId ?? _world.Sids.New("OQ");
        if (!IsClientId(sid)) throw new ArgumentException($"'{sid}' is no client id: OQ and 32 letters or digits are");
        if (Apps.Contains(sid)) throw new ArgumentException($"OAuth app {sid} exists already");
        if (spec.Policy.Fault() is { } wrong) throw new ArgumentException(wrong);
        // Live secrets have 64 characters.
        var app = new OAuthApp(
            sid, account, spec.ClientSecret ?? _world.Sids.NewSecret() + _world.Sids.NewSecret(), spec.Policy, _world.Clock.GetUtcNow())
        {
            FriendlyName = spec.FriendlyName ?? "",
            Description = spec.Description ?? "",
            TokenLifetime = spec.TokenLifetime ?? OAuthApp.DefaultTokenLifetime,
        };
        Put(app, OAuthEntries.Created, cause);
        return app;
    }

    /// <summary>True for OQ and 32 letters or digits.</summary>
    public static bool IsClientId(string text) =>
        text.Length == SidMint.Length && text.StartsWith("OQ", StringComparison.Ordinal)
            && text.AsSpan(2).IndexOfAnyExcept(LettersAndDigits) < 0;

    /// <summary>An access token of an app, for its account or one it acts for.</summary>
    internal string Issue(OAuthApp app, AccountSid account) => _tokens.Issue(app, account, _world.Clock.GetUtcNow());

    /// <summary>What an access token says, or why it opens nothing.</summary>
    internal (OAuthApp App, AccountSid Account)? Read(string token, out TwilioError? refusal)
    {
        if (_tokens.Read(token, _world.Clock.GetUtcNow(), out refusal) is not { } claims) return null;
        if (Apps.Find(claims.ClientId) is { } app) return (app, claims.Account);
        // The app was deleted since.
        refusal = ErrorCodes.Error(20103);
        return null;
    }

    internal void Put(OAuthApp app, EntryKind kind, long cause) => _world.Store.Put(AppsTable, AccountSid.None, app, kind, cause);

    internal void Remove(OAuthApp app, long cause) => _world.Store.Remove(AppsTable, AccountSid.None, app.Sid, OAuthEntries.Deleted, cause);

    private static readonly System.Buffers.SearchValues<char> LettersAndDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
