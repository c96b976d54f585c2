using System.Collections.Frozen;

namespace TwilioEmu.Products.Verify.Sending;

/// <summary>The languages of Verify's default template, and which of them a country's phones get.</summary>
/// <remarks>
/// twilio.com/docs/verify/supported-languages, /default-phone-verification-languages. English
/// and Spanish are worded as the documents show them; the words of the others are inferred.
/// </remarks>
internal static class Languages
{
    public const string Usual = "en";

    // {0} the service, {1} the code.
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "Your {0} verification code is: {1}",
        ["en-GB"] = "Your {0} verification code is: {1}",
        ["af"] = "Jou {0}-verifikasiekode is: {1}",
        ["ar"] = "رمز التحقق الخاص بك من {0} هو: {1}",
        ["ca"] = "El vostre codi de verificació per a {0} és: {1}",
        ["zh"] = "您的 {0} 验证码为：{1}",
        ["zh-CN"] = "您的 {0} 验证码为：{1}",
        ["zh-HK"] = "您的 {0} 驗證碼為：{1}",
        ["hr"] = "Vaš kod za potvrdu za {0} je: {1}",
        ["cs"] = "Váš ověřovací kód pro {0} je: {1}",
        ["da"] = "Din {0}-bekræftelseskode er: {1}",
        ["nl"] = "Uw {0}-verificatiecode is: {1}",
        ["et"] = "Teie {0} kinnituskood on: {1}",
        ["fi"] = "{0}-vahvistuskoodisi on: {1}",
        ["fr"] = "Votre code de vérification {0} est : {1}",
        ["de"] = "Ihr {0}-Verifizierungscode lautet: {1}",
        ["el"] = "Ο κωδικός επαλήθευσης για {0} είναι: {1}",
        ["he"] = "קוד האימות שלך עבור {0} הוא: {1}",
        ["hi"] = "आपका {0} सत्यापन कोड है: {1}",
        ["hu"] = "Az Ön {0} ellenőrző kódja: {1}",
        ["id"] = "Kode verifikasi {0} Anda adalah: {1}",
        ["it"] = "Il codice di verifica per {0} è: {1}",
        ["ja"] = "あなたの{0} 認証コード： {1}",
        ["kn"] = "ನಿಮ್ಮ {0} ಪರಿಶೀಲನಾ ಕೋಡ್: {1}",
        ["ko"] = "{0} 인증번호: {1}",
        ["lt"] = "Jūsų {0} patvirtinimo kodas: {1}",
        ["ms"] = "Kod pengesahan {0} anda ialah: {1}",
        ["mr"] = "तुमचा {0} पडताळणी कोड आहे: {1}",
        ["nb"] = "Din {0}-bekreftelseskode er: {1}",
        ["pl"] = "Twój kod weryfikacyjny {0} to: {1}",
        ["pt"] = "O seu código de verificação {0} é: {1}",
        ["pt-BR"] = "Seu código de verificação {0} é: {1}",
        ["ro"] = "Codul dvs. de verificare {0} este: {1}",
        ["ru"] = "Ваш код подтверждения {0}: {1}",
        ["sk"] = "Váš overovací kód pre {0} je: {1}",
        ["es"] = "Su codigo de verificación para {0} es: {1}",
        ["sv"] = "Din verifieringskod för {0} är: {1}",
        ["tl"] = "Ang iyong {0} verification code ay: {1}",
        ["te"] = "మీ {0} ధృవీకరణ కోడ్: {1}",
        ["th"] = "รหัสยืนยัน {0} ของคุณคือ: {1}",
        ["tr"] = "{0} doğrulama kodunuz: {1}",
        ["uk"] = "Ваш код підтвердження {0}: {1}",
        ["vi"] = "Mã xác minh {0} của bạn là: {1}",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Calls are spoken in fewer (the same page names Arabic and Afrikaans as missing).
    private static readonly FrozenSet<string> Unspoken =
        new[] { "af", "ar", "et", "he", "hr", "kn", "lt", "mr", "sk", "te", "uk" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // By calling code, the longest first.
    private static readonly (string Codes, string Language)[] Countries =
    [
        ("54 591 56 57 506 53 1809 593 503 502 504 52 505 507 595 51 34 598 58", "es"), ("43 49 352 41", "de"), ("32 33 377", "fr"),
        ("55 351", "pt"),
        ("86", "zh-CN"), ("357", "el"), ("20 965 968 966 971", "ar"), ("372", "et"), ("62", "id"), ("39 378", "it"), ("81", "ja"),
        ("370", "lt"), ("48", "pl"),
        ("226", "ro"), ("421", "sk"), ("27", "af"), ("46", "sv"), ("90", "tr"), ("84", "vi"),
    ];

    private static readonly FrozenDictionary<string, string> ByCallingCode =
        Countries.SelectMany(c => c.Codes.Split(' ').Select(code => KeyValuePair.Create(code, c.Language))).ToFrozenDictionary();

    public static bool IsKnown(string locale) => Sentences.ContainsKey(locale);

    public static bool IsSpoken(string locale) => IsKnown(locale) && !Unspoken.Contains(locale);

    /// <summary>The language of a number's country.</summary>
    public static string Of(string e164)
    {
        for (var length = 4; length > 0; length--)
        {
            if (e164.Length > length && ByCallingCode.TryGetValue(e164.Substring(1, length), out var language)) return language;
        }
        return Usual;
    }

    /// <summary>The default template's sentence.</summary>
    public static string Sentence(string locale, string service, string code) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Sentences[locale], service, code);
}
