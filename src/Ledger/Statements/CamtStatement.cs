using System.Globalization;
using System.Text;
using System.Xml;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// A statement as banks send them: ISO 20022, camt.053.001.08. Our codes of accounts stand as "other" identifications; ids are shortened to the
/// 35 characters the format has. A currency without an ISO code of its own keeps ours, DUC.
/// </summary>
internal static class CamtStatement
{
    public const string ContentType = "application/xml";
    private const string Space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    public static byte[] Write(Statement statement, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CheckCharacters = true }))
        {
            xml.WriteStartElement("Document", Space);
            xml.WriteStartElement("BkToCstmrStmt");
            xml.WriteStartElement("GrpHdr");
            Element(xml, "MsgId", statement.Account.Id.ToString("N"));
            Element(xml, "CreDtTm", Time(now));
            xml.WriteEndElement();
            WriteStatement(xml, statement, now);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void WriteStatement(XmlWriter xml, Statement statement, DateTimeOffset now)
    {
        xml.WriteStartElement("Stmt");
        Element(xml, "Id", $"{statement.From.UtcDateTime:yyyyMMdd}-{statement.To.UtcDateTime:yyyyMMdd}");
        Element(xml, "CreDtTm", Time(now));
        Within(xml, "FrToDt", () =>
        {
            Element(xml, "FrDtTm", Time(statement.From));
            Element(xml, "ToDtTm", Time(statement.To));
        });
        Within(xml, "Acct", () =>
        {
            Within(xml, "Id", () => Within(xml, "Othr", () => Element(xml, "Id", Short(statement.Account.Code, 34))));
            Element(xml, "Ccy", statement.Account.Currency.Code);
            Element(xml, "Nm", Short(statement.Account.Name, 70));
        });
        Balance(xml, "OPBD", statement.OpeningMinor, statement.From, statement.Account.Currency);
        Balance(xml, "CLBD", statement.ClosingMinor, statement.To, statement.Account.Currency);
        foreach (var line in statement.Lines) Entry(xml, line, statement.Account.Currency);
        xml.WriteEndElement();
    }

    private static void Balance(XmlWriter xml, string code, long minor, DateTimeOffset at, Currency currency) => Within(xml, "Bal", () =>
    {
        Within(xml, "Tp", () => Within(xml, "CdOrPrtry", () => Element(xml, "Cd", code)));
        Amount(xml, minor, currency);
        Within(xml, "Dt", () => Element(xml, "DtTm", Time(at)));
    });

    private static void Entry(XmlWriter xml, StatementLine line, Currency currency) => Within(xml, "Ntry", () =>
    {
        Element(xml, "NtryRef", line.Transfer.ToString("N"));
        Amount(xml, line.AmountMinor, currency);
        Within(xml, "Sts", () => Element(xml, "Cd", "BOOK"));
        Within(xml, "BookgDt", () => Element(xml, "DtTm", Time(line.RecordedAt)));
        Within(xml, "ValDt", () => Element(xml, "DtTm", Time(line.EffectiveAt)));
        Element(xml, "AcctSvcrRef", line.Transfer.ToString("N"));
        Within(xml, "BkTxCd", () => Within(xml, "Prtry", () => Element(xml, "Cd", "TRANSFER")));
        Within(xml, "NtryDtls", () => Within(xml, "TxDtls", () =>
        {
            Within(xml, "Refs", () => Element(xml, "EndToEndId", Short(line.Key, 35)));
            Amount(xml, line.AmountMinor, currency);
            if (line.Description.Length > 0) Within(xml, "RmtInf", () => Element(xml, "Ustrd", Short(line.Description, 140)));
        }));
    });

    // The format has no negative amounts: the side is told beside them.
    private static void Amount(XmlWriter xml, long minor, Currency currency)
    {
        xml.WriteStartElement("Amt");
        xml.WriteAttributeString("Ccy", currency.Code);
        xml.WriteString(CsvStatement.Amount(Math.Abs(minor), currency));
        xml.WriteEndElement();
        Element(xml, "CdtDbtInd", minor >= 0 ? "CRDT" : "DBIT");
    }

    private static void Within(XmlWriter xml, string name, Action write)
    {
        xml.WriteStartElement(name);
        write();
        xml.WriteEndElement();
    }

    // What XML cannot carry is left out: a description is a stranger's text.
    private static void Element(XmlWriter xml, string name, string value) => xml.WriteElementString(name, string.Concat(value.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value))));

    private static string Short(string value, int characters)
    {
        if (value.Length <= characters) return value;
        return value[..(char.IsHighSurrogate(value[characters - 1]) ? characters - 1 : characters)];
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
