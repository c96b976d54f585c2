using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Accounts;

/// <summary>Who has an account, and who may come in.</summary>
/// <remarks>Loop-confined. Accounts and keys belong to the world as a whole: one table each, under no account.</remarks>
public sealed class AccountBook : IGatekeeper
{
    /// <summary>The first account, when nothing else is asked for.</summary>
    public static AccountSid DefaultSid { get; } = new("AC00000000000000000000000000000001");

    /// <summary>The first account's token, when nothing else is asked for.</summary>
    public const string DefaultToken = "00000000000000000000000000000001";

    // twilio.com/docs/usage/requests-to-twilio, all three observed.
    private const string Detail = "Your AccountSid or AuthToken was incorrect.";
    private static readonly TwilioError NoCredentials = new(20003, 401, "Authentication Error - No credentials provided", Detail);
    private static readonly TwilioError UnknownUser = new(20003, 401, "Authentication Error - invalid username", Detail);
    private static readonly TwilioError WrongPassword = new(20003, 401, "Authenticate", Detail);

    private static readonly TableKey<Account> AccountsTable = new("accounts");
    private static readonly TableKey<ApiKey> KeysTable = new("keys");

    private readonly World _world;

    public AccountBook(World world)
    {
        _world = world;
        Behaviours = [.. new AccountOperations(this).Behaviours, .. new KeyOperations(this).Behaviours];
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    /// <summary>Told, in the same turn, that an account was closed: whoever keeps things for it lets them go. The number is the entry's seq.</summary>
    public event Action<AccountSid, long>? Closed;

    /// <summary>All accounts, newest first.</summary>
    public IEnumerable<Account> NewestFirst => Accounts.NewestFirst();

    internal Table<ApiKey> Keys => _world.Store.Table(KeysTable, AccountSid.None);

    internal World World => _world;

    private Table<Account> Accounts => _world.Store.Table(AccountsTable, AccountSid.None);

    /// <summary>Opens an account.</summary>
    /// <exception cref="ArgumentException">The SID is malformed or taken, or the owner does not exist.</exception>
    public Account Create(AccountSpec spec, long cause = 0)
    {
        var sid = spec.Sid ?? new AccountSid(_world.Sids.New("AC"));
        if (!SidMint.IsSid(sid.Value, "AC")) throw new ArgumentException($"'{sid}' is no account SID: AC and 32 hex digits are");
        if (Accounts.Contains(sid.Value)) throw new ArgumentException($"account {sid} exists already");
        if (spec.Owner is { } owner && Find(owner) is null) throw new ArgumentException($"there is no account {owner} to own {sid}");
        var now = _world.Clock.GetUtcNow();
        // twilio.com/docs/iam/api/subaccounts: the default name of a subaccount, which is the only account that REST creates.
        var name = spec.FriendlyName ?? "SubAccount Created at " + now.ToString("yyyy-MM-dd hh:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();
        var account = new Account(sid, spec.AuthToken ?? _world.Sids.NewSecret(), name, spec.Owner ?? sid, now)
        {
            IsTrial = spec.IsTrial,
            IsTest = spec.IsTest,
            Balance = spec.Balance,
        };
        _world.Store.Put(AccountsTable, AccountSid.None, account, "account.created", cause);
        return account;
    }

    /// <summary>Makes a key for an account; its secret is in the record.</summary>
    public ApiKey CreateKey(AccountSid account, string? friendlyName, bool isMain = false, string? sid = null, string? secret = null, long cause = 0)
    {
        var key = new ApiKey(
            sid ?? _world.Sids.New("SK"), account, secret ?? _world.Sids.NewSecret(), friendlyName ?? "", isMain, _world.Clock.GetUtcNow());
        Put(key, "key.created", cause);
        return key;
    }

    /// <summary>An account, or null.</summary>
    public Account? Find(AccountSid sid) => Accounts.Find(sid.Value);

    /// <summary>The token that signs an account's webhooks (57012: always the primary one).</summary>
    public string TokenOf(AccountSid sid) => Find(sid)?.AuthToken ?? throw new InvalidOperationException($"there is no account {sid}");

    /// <inheritdoc/>
    public Caller? Admit(string? user, string? password, AccountSid? account, out TwilioError? refusal)
    {
        refusal = null;
        if (user is null)
        {
            refusal = NoCredentials;
            return null;
        }
        Account? own;
        Caller caller;
        var isKey = user.StartsWith("SK", StringComparison.Ordinal);
        if (isKey && Keys.Find(user) is { } key)
        {
            own = Find(key.Account)!;
            caller = new Caller(key.Account, key.Sid);
            if (key.Secret != password) refusal = WrongPassword;
        }
        else if (!isKey && (own = Accounts.Find(user)) is not null)
        {
            caller = own.IsTest ? own.AsCaller with { IsTest = true } : own.AsCaller;
            if (own.AuthToken != password) refusal = WrongPassword;
        }
        else
        {
            refusal = UnknownUser;
            return null;
        }
        refusal ??= own.Status != AccountStatus.Active ? ErrorCodes.Error(20005)
            : account is { } named && named != own.Sid ? RefusalFor(own, isKey, named)
            : null;
        return refusal is null ? caller : null;
    }

    internal void Put(Account account, string kind, long cause)
    {
        var entry = _world.Store.Put(AccountsTable, AccountSid.None, account, kind, cause);
        if (kind == "account.closed") Closed?.Invoke(account.Sid, entry.Seq);
    }

    internal void Put(ApiKey key, string kind, long cause) => _world.Store.Put(KeysTable, AccountSid.None, key, kind, cause);

    internal void Remove(ApiKey key, long cause) => _world.Store.Remove(KeysTable, AccountSid.None, key.Sid, "key.deleted", cause);

    /// <summary>True when the credential may see and change accounts and keys: a standard key may not.</summary>
    internal bool MayManage(Caller caller) => !caller.Credential.StartsWith("SK", StringComparison.Ordinal) || Keys.Find(caller.Credential) is { IsMain: true };

    /// <summary>A parent's token acts for its subaccounts; its keys do not, and nobody acts upward or sideways (twilio.com/docs/iam/api/subaccounts).</summary>
    private TwilioError? RefusalFor(Account caller, bool isKey, AccountSid named)
    {
        if (isKey || Find(named) is not { } other || other.Owner != caller.Sid) return WrongPassword;
        return other.Status == AccountStatus.Active ? null : ErrorCodes.Error(20005);
    }
}
