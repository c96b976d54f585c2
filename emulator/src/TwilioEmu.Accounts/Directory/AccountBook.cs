using System.Globalization;
using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Tokens;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Directory;

/// <summary>Who has an account, and with what one may come in.</summary>
/// <remarks>Loop-confined. Accounts and keys belong to the world as a whole: one table each, under no account.</remarks>
public sealed class AccountBook : IAuthenticator
{
    /// <summary>The first account, when nothing else is asked for.</summary>
    public static AccountSid DefaultSid { get; } = new("AC00000000000000000000000000000001");

    /// <summary>The first account's token, when nothing else is asked for.</summary>
    public const string DefaultToken = "00000000000000000000000000000001";

    /// <summary>The user name of devices, whose password says who they are (github.com/twilio/twilio-verify-android).</summary>
    public const string Device = "token";

    private static readonly TableKey<Account> AccountsTable = new("accounts", Account.Form);
    private static readonly TableKey<ApiKey> KeysTable = new("keys", ApiKey.Form);

    private readonly World _world;
    private readonly Authenticator _authenticator;

    public AccountBook(World world)
    {
        _world = world;
        OAuthApps = new OAuthBook(world, this);
        ConnectApps = new ConnectAppBook(world);
        _authenticator = new Authenticator(this);
        Behaviours =
        [
            .. new AccountOperations(this).Behaviours, .. new KeyOperations(this).Behaviours, .. new IamKeyOperations(this).Behaviours,
            .. new AuthTokenOperations(this).Behaviours, .. new OrganizationOperations(this).Behaviours, .. OAuthApps.Behaviours,
            .. ConnectApps.Behaviours,
        ];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    /// <summary>Apps that get access tokens.</summary>
    public OAuthBook OAuthApps { get; }

    /// <summary>Connect apps, and those an account has authorized.</summary>
    public ConnectAppBook ConnectApps { get; }

    /// <summary>Lets in people's own devices, who come under the name <see cref="Device"/> with a token; null where none do.</summary>
    public IAuthenticator? Devices { get; set; }

    /// <summary>Told, in the same turn, that an account was closed: whoever keeps things for it lets them go.</summary>
    /// <remarks>The number is the entry's seq.</remarks>
    public event Action<AccountSid, long>? Closed;

    /// <summary>All accounts, newest first.</summary>
    public IEnumerable<Account> NewestFirst => Accounts.NewestFirst();

    /// <summary>The account the world began with; null where there is none.</summary>
    internal Account? First => Accounts.OldestFirst().FirstOrDefault();

    internal Table<ApiKey> Keys => _world.Store.Table(KeysTable, AccountSid.None);

    internal World World => _world;

    private Table<Account> Accounts => _world.Store.Table(AccountsTable, AccountSid.None);

    /// <summary>Opens an account, with the credentials and apps that are its own from the start.</summary>
    /// <exception cref="ArgumentException">A SID is malformed or taken, the owner
    /// does not exist or is a subaccount, or a permission is none.</exception>
    public Account Create(AccountSpec spec, long cause = 0)
    {
        var sid = spec.Sid ?? new AccountSid(_world.Sids.New("AC"));
        if (!SidMint.IsSid(sid.Value, "AC")) throw new ArgumentException($"'{sid}' is no account SID: AC and 32 hex digits are");
        if (Accounts.Contains(sid.Value)) throw new ArgumentException($"account {sid} exists already");
        Account? parent = null;
        if ((spec.Owner?.Value ?? spec.Parent) is { } owner)
        {
            parent = Named(owner) ?? throw new ArgumentException($"there is no account {owner} to own {sid}");
            if (parent.IsSubaccount)
            {
                throw new ArgumentException($"{owner} is a subaccount and cannot own {sid}: subaccounts cannot contain subaccounts");
            }
        }
        var now = _world.Clock.GetUtcNow();
        // twilio.com/docs/iam/api/subaccounts: the default name of a subaccount, which is the only account that REST creates.
        var name = spec.FriendlyName
            ?? "SubAccount Created at " + now.ToString("yyyy-MM-dd hh:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();
        var account = new Account(sid, spec.AuthToken ?? _world.Sids.NewSecret(), name, parent?.Sid ?? sid, now)
        {
            IsTrial = spec.IsTrial,
            OpensMedia = spec.OpensMedia,
            LacksMms = spec.LacksMms,
            MessagesPerDay = spec.MessagesPerDay,
            VerifyBlocks = spec.VerifyBlocks,
            VerifyChannelsOff = spec.VerifyChannelsOff,
            VerifyRestrictedWords = spec.VerifyRestrictedWords,
            IsTest = spec.IsTest,
            Balance = spec.Balance,
            Status = spec.Status,
            IsSuspendedByTwilio = spec.Status == AccountStatus.Suspended,
        };
        _world.Store.Put(AccountsTable, AccountSid.None, account, AccountEntries.Created, cause);
        if (spec.TestCredentials is { } test) Create(test with { FriendlyName = name, IsTest = true }, cause);
        foreach (var key in spec.Keys) CreateKey(sid, key, cause);
        foreach (var app in spec.OAuthApps) OAuthApps.Create(sid, app, cause);
        foreach (var app in spec.ConnectApps)
        {
            ConnectApps.Add(app with { Sid = app.Sid.Length > 0 ? app.Sid : ConnectApps.NewSid(), Account = sid }, cause);
        }
        return account;
    }

    /// <summary>Makes a key for an account; its secret is in the record.</summary>
    /// <exception cref="ArgumentException">The SID is malformed or taken.</exception>
    public ApiKey CreateKey(AccountSid account, KeySpec spec, long cause = 0)
    {
        var sid = spec.Sid ?? _world.Sids.New("SK");
        if (!SidMint.IsSid(sid, "SK")) throw new ArgumentException($"'{sid}' is no key's SID: SK and 32 hex digits are");
        if (Keys.Contains(sid)) throw new ArgumentException($"key {sid} exists already");
        if (spec.Policy?.Fault() is { } wrong) throw new ArgumentException(wrong);
        var key = new ApiKey(sid, account, spec.Secret ?? _world.Sids.NewSecret(), spec.FriendlyName, spec.Kind, _world.Clock.GetUtcNow())
        {
            Policy = spec.Kind == KeyKind.Restricted ? spec.Policy ?? Permissions.Policy.Nothing : null,
        };
        Put(key, AccountEntries.KeyCreated, cause);
        return key;
    }

    /// <summary>The oldest account of a SID or friendly name, or null.</summary>
    public Account? Named(string name) =>
        Find(new AccountSid(name)) ?? Accounts.OldestFirst().FirstOrDefault(a => !a.IsTest && a.FriendlyName == name);

    /// <summary>An account, or null.</summary>
    public Account? Find(AccountSid sid) => Accounts.Find(sid.Value);

    /// <summary>
    /// The token that signs an account's webhooks: the primary one,
    /// whatever others there are (twilio.com/docs/usage/webhooks/webhooks-security).
    /// </summary>
    public string TokenOf(AccountSid sid) => Find(sid)?.AuthToken ?? throw new InvalidOperationException($"there is no account {sid}");

    /// <inheritdoc/>
    public Principal? Admit(in AccessAttempt attempt, out TwilioError? refusal) => _authenticator.Admit(attempt, out refusal);

    /// <summary>Whom an app's access token lets in from a browser or a phone; null with the reason. A turn of the loop.</summary>
    public SdkToken? ReadSdkToken(string token, out TwilioError? refusal) =>
        SdkTokens.Read(this, token, _world.Options.Wall.GetUtcNow(), out refusal);

    internal void Put(Account account, EntryKind kind, long cause)
    {
        var entry = _world.Store.Put(AccountsTable, AccountSid.None, account, kind, cause);
        if (kind == AccountEntries.Closed) Closed?.Invoke(account.Sid, entry.Seq);
    }

    internal void Put(ApiKey key, EntryKind kind, long cause) => _world.Store.Put(KeysTable, AccountSid.None, key, kind, cause);

    internal void Remove(ApiKey key, long cause) =>
        _world.Store.Remove(KeysTable, AccountSid.None, key.Sid, AccountEntries.KeyDeleted, cause);

    /// <summary>
    /// True when the credential may see and change accounts and keys: a standard key may not; others came past their own policy.
    /// </summary>
    internal bool MayManage(Principal caller) => Keys.Find(caller.Credential) is not { Kind: KeyKind.Standard };

    /// <summary>
    /// True for the caller's own account, and for a parent's token its subaccounts (twilio.com/docs/iam/api/subaccounts).
    /// </summary>
    internal bool MayActFor(Principal caller, AccountSid account) =>
        caller.Account == account || (caller.Credential == caller.Account.Value && Find(account)?.Owner == caller.Account);

    /// <summary>True when an account may act: it is active, and so is its parent (inferred for the parent's).</summary>
    public bool IsActive(Account account) =>
        account.Status == AccountStatus.Active
            && (!account.IsSubaccount || Find(account.Owner) is not { Status: not AccountStatus.Active });

    internal void Warn(RestRequest request, string warning) =>
        _world.Journal.Warn(request.Account, request.Path, request.Cause, warning);

    /// <summary>What a standard key hears of accounts and keys, as observed.</summary>
    internal static Answer.Refusal Denied() => new(Authenticator.WrongPassword);
}
