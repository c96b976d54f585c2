using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Factors: made, proved, changed and deleted.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/factor. A TOTP factor's secret is shown once, where it is made; a code that does not fit is
/// no error, the factor stays as it is. A push factor is proved by its key's signature over the factor's SID (as the mobile SDKs sign).
/// </remarks>
internal sealed class FactorOperations(VerifyShelf shelf, ProofBook proofs, FactorEvents events, ApiCatalog catalog)
{
    /// <summary>twilio.com/docs/api/errors/60310, /60308.</summary>
    public const int MaxFailures = 5;

    private const int MaxFactors = 20;
    private const int MaxFriendlyName = 64;
    private const int SecretBytes = 20;

    private static readonly (string Name, int From, int To)[] Ranges =
    [
        ("Config.TimeStep", 20, 60), ("Config.CodeLength", 3, 8), ("Config.Skew", 0, 2),
    ];

    // Looked up when it is needed: an API that nobody asks is not read at start-up.
    private Operation MakeEntity => catalog.Find("verify_v2")!.Find("CreateEntity")!;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateEntity", (request, stored) => CreateEntity(request, stored)),
        ("CreateNewFactor", Create),
        ("UpdateFactor", Update),
        ("DeleteFactor", Delete),
    ];

    /// <summary>8 to 64 letters, digits and dashes (twilio.com/docs/verify/api/entity).</summary>
    public static bool IsIdentity(string text) => text.Length is >= 8 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private Answer CreateEntity(RestRequest request, Behaviour stored)
    {
        var identity = request.Form["Identity"]!;
        if (!IsIdentity(identity)) return new Answer.Refusal(Faults.Parameter("Identity", identity));
        return shelf.Entities(request.Account, request.PathValues["ServiceSid"]).Find(identity) is null
            ? stored(request)
            : new Answer.Refusal(ErrorCodes.Error(60301));
    }

    /// <summary>1. The entity, which comes to be with its first factor; 2. what the factor is to be; 3. what proves it.</summary>
    private Answer Create(RestRequest request, Behaviour stored)
    {
        var (service, identity, form) = (request.PathValues["ServiceSid"], request.PathValues["Identity"], request.Form);
        if (shelf.FindService(request.Account, service) is not { } settings) return Answer.NotFound(request);
        if (Fault(form) is { } fault) return new Answer.Refusal(fault);
        var isTotp = form["FactorType"] == "totp";
        var secret = "";
        if (isTotp)
        {
            secret = form["Binding.Secret"] is { Length: > 0 } given
                ? given.Replace(" ", "", StringComparison.Ordinal).TrimEnd('=').ToUpperInvariant()
                : Totp.Encode(NewSecret());
            if (Totp.Decode(secret) is null) return new Answer.Refusal(Faults.Parameter("Binding.Secret", form["Binding.Secret"]));
        }
        else if (form["FactorType"] == "push")
        {
            foreach (var needed in (string[])["Binding.Alg", "Binding.PublicKey", "Config.AppId", "Config.NotificationPlatform"])
            {
                if (string.IsNullOrEmpty(form[needed]))
                {
                    return new Answer.Refusal(ErrorCodes.Error(60306, $"Missing required parameter {needed} in the post body"));
                }
            }
            secret = form["Binding.PublicKey"]!;
            if (form["Binding.Alg"] != "ES256" || !IsKey(secret)) return new Answer.Refusal(Faults.Parameter("Binding.PublicKey"));
        }
        // 1.
        if (shelf.Entities(request.Account, service).Find(identity) is null)
        {
            if (!IsIdentity(identity)) return new Answer.Refusal(Faults.Parameter("Identity", identity));
            stored(request with
            {
                Operation = MakeEntity,
                Path = $"/v2/Services/{service}/Entities",
                PathValues = new PathValues(MakeEntity.PathNames, [service]),
                Form = new FormValues([KeyValuePair.Create("Identity", identity)]),
            });
        }
        if (shelf.Factors(request.Account, service, identity).Count >= MaxFactors) return new Answer.Refusal(ErrorCodes.Error(60315));
        // 2.
        var config = isTotp ? TotpConfig(form, settings) : PushConfig(form);
        var entity = shelf.Entities(request.Account, service).Find(identity)!["sid"];
        var answer = stored(request.With(new JsonObject { ["config"] = config.DeepClone(), ["entity_sid"] = entity }) with
        {
            Form = new FormValues([
                .. form.Pairs.Where(p =>
                    !p.Key.StartsWith("Config.", StringComparison.Ordinal) && !p.Key.StartsWith("Binding.", StringComparison.Ordinal)),
            ]),
        });
        if (answer is not Answer.Resource { Kept: Document factor } made) return answer;
        // 3.
        proofs.Put(request.Account, new Proof(factor.Key, secret, 0, -1), request.Cause);
        events.Tell("factor.created", request.Account, service, factor, request.Cause);
        var binding = isTotp
            ? TotpBinding(secret, config, form["FriendlyName"]!, settings.TotpIssuer)
            : new JsonObject { ["alg"] = "ES256", ["public_key"] = secret };
        return Answer.Of(new BoundFace(made.Face, binding.ToJsonString()));
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        var (account, service, identity, form) = (
            request.Account, request.PathValues["ServiceSid"], request.PathValues["Identity"], request.Form);
        if (shelf.Factors(account, service, identity).Find(request.PathValues["Sid"]) is not { } factor) return stored(request);
        if (Fault(form) is { } fault) return new Answer.Refusal(fault);
        if (form["AuthPayload"] is { Length: > 0 } payload && factor["status"] != "verified")
        {
            if (proofs.Find(account, factor.Key) is not { } proof) return new Answer.Refusal(ErrorCodes.Error(60311));
            if (proof.Failures >= MaxFailures) return new Answer.Refusal(ErrorCodes.Error(60310));
            if (Proves(factor, proof, payload, shelf.Now) is not { } step)
            {
                proofs.Put(account, proof with { Failures = proof.Failures + 1 }, request.Cause);
                if (factor["factor_type"] == "push") return new Answer.Refusal(ErrorCodes.Error(60311));
            }
            else
            {
                proofs.Put(account, proof with { Failures = 0, LastStep = step }, request.Cause);
                factor = shelf.Factors(account, service, identity).Change(factor, request.Cause, ("status", "verified"));
                events.Tell("factor.verified", account, service, factor, request.Cause);
            }
        }
        var changes = form.Pairs.Where(p => p.Key != "AuthPayload").ToList();
        return stored(request with { Form = new FormValues(changes) });
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        var (service, identity) = (request.PathValues["ServiceSid"], request.PathValues["Identity"]);
        var factor = shelf.Factors(request.Account, service, identity).Find(request.PathValues["Sid"]);
        var answer = stored(request);
        if (factor is not null && answer is Answer.NoContent)
        {
            events.Tell("factor.deleted", request.Account, service, factor, request.Cause);
        }
        return answer;
    }

    /// <summary>The step of time whose code was given, or 0 for a signature that is right; null for what proves nothing.</summary>
    public static long? Proves(Document factor, Proof proof, string payload, DateTimeOffset now)
    {
        if (factor["factor_type"] == "push") return IsSigned(proof.Secret, Encoding.ASCII.GetBytes(factor.Key), payload) ? 0 : null;
        if (Totp.Decode(proof.Secret) is not { } secret) return null;
        return TotpOf(factor).Match(secret, payload, now, proof.LastStep);
    }

    /// <summary>True when the key signed these bytes; the signature is DER in Base64.</summary>
    public static bool IsSigned(
        string publicKey, ReadOnlySpan<byte> data, string signature, DSASignatureFormat format = DSASignatureFormat.Rfc3279DerSequence)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            var bytes = format == DSASignatureFormat.Rfc3279DerSequence
                ? Convert.FromBase64String(signature)
                : Base64Url.DecodeFromChars(signature);
            return key.VerifyData(data, bytes, HashAlgorithmName.SHA256, format);
        }
        catch (Exception bad) when (bad is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsKey(string text)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return true;
        }
        catch (Exception bad) when (bad is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static TwilioError? Fault(FormValues form)
    {
        if (form["FriendlyName"] is { Length: > MaxFriendlyName } name) return Faults.Parameter("FriendlyName", name);
        foreach (var (parameter, from, to) in Ranges)
        {
            if (form[parameter] is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < from || number > to))
            {
                return Faults.Parameter(parameter, text);
            }
        }
        return null;
    }

    private byte[] NewSecret() =>
        Convert.FromHexString(shelf.World.Sids.NewSecret().AsSpan(0, 32).ToString() + shelf.World.Sids.NewSecret()[
            ..((SecretBytes * 2) - 32)]);

    private static Totp TotpOf(Document factor)
    {
        using var json = JsonText.Parse(factor["config"] ?? "{}");
        int Number(string name, int usual) =>
            json.RootElement.TryGetProperty(name, out var value)
                && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : usual;
        var algorithm = json.RootElement.TryGetProperty("alg", out var alg) ? alg.GetString()! : "sha1";
        return new Totp(algorithm, TimeSpan.FromSeconds(Number("time_step", 30)), Number("code_length", 6), Number("skew", 1));
    }

    private static JsonObject TotpConfig(FormValues form, ServiceSettings service) => new()
    {
        ["alg"] = form["Config.Alg"] is { Length: > 0 } alg ? alg : "sha1",
        ["skew"] = Number(form["Config.Skew"]) ?? service.TotpSkew ?? 1,
        ["code_length"] = Number(form["Config.CodeLength"]) ?? service.TotpCodeLength ?? 6,
        ["time_step"] = Number(form["Config.TimeStep"]) ?? service.TotpTimeStep ?? 30,
    };

    // The credential by which the mobile SDKs name the factor's key (github.com/twilio/twilio-verify-android, Config).
    private JsonObject PushConfig(FormValues form) => new()
    {
        ["credential_sid"] = shelf.World.Sids.New("CR"),
        ["sdk_version"] = form["Config.SdkVersion"],
        ["app_id"] = form["Config.AppId"],
        ["notification_platform"] = form["Config.NotificationPlatform"],
        ["notification_token"] = form["Config.NotificationToken"],
    };

    /// <summary>What authenticator apps read out of a QR code (github.com/google/google-authenticator, wiki Key-Uri-Format).</summary>
    private static JsonObject TotpBinding(string secret, JsonObject config, string name, string issuer)
    {
        var label = $"{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(name)}";
        var uri = $"otpauth://totp/{label}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}"
            + $"&algorithm={config["alg"]!.GetValue<string>().ToUpperInvariant()}"
            + $"&digits={config["code_length"]!.GetValue<int>()}&period={config["time_step"]!.GetValue<int>()}";
        return new JsonObject { ["secret"] = secret, ["uri"] = uri };
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class BoundFace(IFace inner, string binding) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "binding") to.Json.WriteRawValue(binding);
            else inner.WriteProperty(property, to);
        }
    }
}
